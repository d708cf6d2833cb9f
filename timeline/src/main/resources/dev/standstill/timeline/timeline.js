'use strict';
(async () => {
const $ = id => document.getElementById(id);
const root = document.documentElement;

// ---- The trace: lines of JSON, compressed.

async function lines(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).text()).split('\n');
}

const frames = [], stacks = [[]], own = new Set(), source = new Map();

/** What there is of one run: the one that is shown, and the nearest that passes. */
const newRun = () => ({tasks: new Map(), S: [], jumps: [], failures: [], messages: [], outages: [], departures: [], steps: new Map(), end: null, token: '', without: []});
const runs = [newRun()];
let head;

for (const line of await lines($('data').textContent)) {
  if (!line) continue;
  const o = JSON.parse(line), run = runs[runs.length - 1];
  if (!head) { head = o; run.token = o.token; continue; }
  switch (o.is) {
    case 'task': run.tasks.set(o.id, Object.assign(o, {slices: [], first: Infinity, last: -1, ended: false})); break;
    case 'frame': frames[o.id] = o; break;
    case 'stack': stacks[o.id] = o.frames; break;
    case 'class': own.add(o.name); break;
    case 'slice': run.S.push(o); break;
    case 'jump': run.jumps.push(o); break;
    case 'failure': run.failures.push(o); break;
    case 'message': run.messages.push(o); break;
    case 'outage': run.outages.push(o); break;
    case 'departure': run.departures.push(o); break;
    case 'step': if (!run.steps.has(o.slice)) run.steps.set(o.slice, []); run.steps.get(o.slice).push(o); break;
    case 'source': if (!source.has(o.file)) source.set(o.file, new Map()); source.get(o.file).set(o.line, o.text); break;
    case 'end': run.end = o; break;
    case 'passing': runs.push(Object.assign(newRun(), {token: o.token, without: o.without})); break;
  }
}

for (const run of runs) {
  run.woken = new Map(); // slice -> those that it let go on
  run.failed = new Map();
  run.S.forEach((s, i) => {
    const t = run.tasks.get(s.task);
    s.i = i;
    s.nth = t.slices.length;
    t.slices.push(i);
    t.first = Math.min(t.first, i);
    t.last = i;
    t.ended ||= !!s.ended;
    if (s.byTask && s.bySlice) { if (!run.woken.has(s.bySlice)) run.woken.set(s.bySlice, []); run.woken.get(s.bySlice).push(i); }
  });
  for (const f of run.failures) { if (!run.failed.has(f.slice)) run.failed.set(f.slice, []); run.failed.get(f.slice).push(f); }
}

/** In which slice the two runs part: the first that is not the same in both, or does not end in the same way. */
function partingSlice() {
  const [a, b] = runs.map(run => run.S), same = (x, y) => x.task === y.task && x.waits === y.waits && x.ended === y.ended && x.at === y.at;
  let i = 0;
  while (i < a.length && i < b.length && same(a[i], b[i])) i++;
  return i;
}
const part = runs.length > 1 ? partingSlice() : 0;
const partsWithin = runs.length > 1 && runs.every(run => run.S[part]) && runs[0].S[part].task === runs[1].S[part].task;

// ---- What is shown: one run, or two below each other. All that follows is about the run in focus.

let tasks, S, N, jumps, failures, messages, outages, departures, steps, woken, failed, end, without;
let lanes = [], laneOf = new Map(), hostRow = new Map(), U, total = 1, gaps = [], selected = -1, matches = [], matching = new Set(), y0 = 0, H = 0, TOP = 40, spans = [];
let now = null;
const views = runs.map(run => ({run, lanes, laneOf, hostRow, U, total, gaps, selected, matches, matching, y0, H, TOP, spans, offset: 0}));

function focus(view) {
  if (now) Object.assign(now, {lanes, laneOf, hostRow, U, total, gaps, selected, matches, matching, y0, H, TOP, spans});
  now = view;
  ({tasks, S, jumps, failures, messages, outages, departures, steps, woken, failed, end, without} = view.run);
  ({lanes, laneOf, hostRow, U, total, gaps, selected, matches, matching, y0, H, TOP, spans} = view);
  N = S.length;
}

function each(action) { const at = now; for (const view of views) { focus(view); action(view); } focus(at); }

focus(views[0]);
let both = views.length > 1;
const shown = () => both ? views : [now];
const isPassing = () => now !== views[0];

// ---- Words.

const GROUPS = {lock: 'lock', semaphore: 'lock', condition: 'lock', monitor: 'monitor', 'monitor-wait': 'monitor', queue: 'queue', work: 'queue',
  sleep: 'sleep', future: 'future', join: 'future', latch: 'future', barrier: 'future', socket: 'socket', park: 'other'};
const WAITS = {lock: 'a lock', semaphore: 'a semaphore', condition: 'a condition', monitor: 'a monitor', 'monitor-wait': 'Object.wait', queue: 'a queue', work: 'work for its pool',
  sleep: 'its time (sleep)', future: 'a future', join: 'the end of a thread', latch: 'a latch', barrier: 'a barrier', socket: 'a socket', park: 'an unpark'};
const CAUSES = {start: 'started it', unlock: 'gave back what it waited for', signal: 'notified it', queue: 'put into or took from its queue', complete: 'completed what it waited for',
  interrupt: 'interrupted it', socket: 'sent what it waited for', unpark: 'unparked it', timer: 'its time has come', outside: 'let go on from outside'};
const OUTCOMES = {passed: 'passed', failed: 'failed', deadlock: 'stands still for good', livelock: 'never ends', outside: 'waits for the outside', stuck: 'is held up by a task'};

const group = s => s.outside && s.waits !== 'socket' ? 'outside' : GROUPS[s.waits] || 'other';

function duration(ns) {
  if (ns < 1e3) return ns + ' ns';
  if (ns < 1e6) return trim(ns / 1e3) + ' µs';
  if (ns < 1e9) return trim(ns / 1e6) + ' ms';
  let left = ns / 1e9;
  if (left < 60) return trim(left) + ' s';
  const parts = [];
  for (const [unit, size] of [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]]) {
    const n = Math.floor(left / size + 1e-9);
    left -= n * size;
    if (n) parts.push(n + ' ' + unit);
  }
  return parts.slice(0, 2).join(' ');
}
const trim = x => String(Math.round(x * 100) / 100);
const number = n => n.toLocaleString('en-US');
const esc = t => String(t).replace(/[&<>"]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]));
const nameOf = id => tasks.has(id) ? tasks.get(id).name : 'task ' + id;
const link = (i, text, passing = isPassing()) => `<a href="#${passing ? 'passing&' : ''}slice=${i + 1}">${esc(text)}</a>`;
const departureName = k => (runs[0].departures[k - 1].after ? 'switch ' : 'happening ') + k;
const withoutText = () => runs[1].without.length === 1 ? 'without ' + departureName(runs[1].without[0]) : 'without any of these';

function place(s) {
  const f = (stacks[s.stack || 0] || []).map(n => frames[n]).find(f => own.has(f.class));
  return f ? f : null;
}

// ---- Lanes: host > pool > parent.

let fold = tasks.size > 40;

function layOut() {
  lanes = []; laneOf = new Map(); hostRow = new Map();
  const all = [...tasks.values()].filter(t => t.slices.length);
  const hosts = [...new Set(all.map(t => t.host || ''))];
  for (const host of hosts) {
    const here = all.filter(t => (t.host || '') === host);
    let depth = 0;
    if (hosts.length > 1 || host) { hostRow.set(host, lanes.length); lanes.push({title: host || 'no host', depth}); depth++; }
    const pools = [...new Set(here.map(t => t.pool || ''))];
    for (const pool of pools.sort((a, b) => (a ? 1 : 0) - (b ? 1 : 0))) {
      const members = here.filter(t => (t.pool || '') === pool);
      if (pool) lanes.push({title: pool, depth});
      addTree(members, depth + (pool ? 1 : 0));
    }
  }
}

function addTree(members, depth) {
  const inside = new Set(members.map(t => t.id));
  const children = new Map();
  for (const t of members) {
    const parent = inside.has(t.startedBy) ? t.startedBy : 0;
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(t);
  }
  const add = (some, at) => {
    const level = [];
    for (const t of some.sort((a, b) => a.first - b.first)) {
      let lane = fold && level.find(l => l.free < t.first);
      if (!lane) level.push(lane = {tasks: [], depth: Math.min(at, 6)});
      lane.tasks.push(t);
      lane.free = t.ended ? t.last : Infinity;
    }
    for (const lane of level) {
      for (const t of lane.tasks) laneOf.set(t.id, lanes.length);
      lanes.push(lane);
      add(lane.tasks.flatMap(t => children.get(t.id) || []), at + 1);
    }
  };
  add(children.get(0) || [], depth);
}

const laneName = lane => lane.title || lane.tasks[0].name + (lane.tasks.length > 1 ? ` … ${lane.tasks.length} tasks` : '');

// ---- The x axis: each slice is one unit wide, and each jump of time a gap.

let byTime = /[#&]time/.test(location.hash);

function measure() {
  const shortest = jumps.reduce((m, j) => Math.min(m, j.to - j.from || m), Infinity);
  let at = 0, next = 0;
  gaps = [];
  U = new Float64Array(N);
  const gap = () => {
    const j = jumps[next++];
    const scaled = Math.min(12, 1 + 2 * Math.log10(1 + (j.to - j.from) / shortest));
    const width = byTime ? scaled : jumps.length > 400 ? 0.5 : 1.5;
    gaps.push({from: at, to: at + width, jump: j});
    at += width;
  };
  for (let i = 0; i < N; i++) {
    while (next < jumps.length && jumps[next].after <= i) gap();
    U[i] = at;
    at += 1;
  }
  while (next < jumps.length) gap();
  total = Math.max(1, at) + (end && end.cycle && end.cycle.length ? Math.max(2, at * .07) : 0);
  placeOutages();
}

/** Outages get rows of their own above the lanes, so that all names can be read. */
function placeOutages() {
  const free = [];
  spans = outages.map(o => { const [a, b] = outageSpan(o); return {what: o.what, a, b, row: -1}; }).sort((x, y) => x.a - y.a);
  for (const span of spans) {
    const row = free.findIndex(until => until <= span.a);
    if (row < 0 && free.length >= 8) continue; // in the panel only
    span.row = row < 0 ? free.length : row;
    free[span.row] = span.b;
  }
  TOP = AXIS + OUTAGE * free.length;
}

/** The first slice that ends after x. */
function sliceAt(x) {
  let lo = 0, hi = N;
  while (lo < hi) { const mid = (lo + hi) >> 1; if (U[mid] + 1 <= x) lo = mid + 1; else hi = mid; }
  return lo;
}

/** Where a moment is: the start of the first slice that is not before it. */
function xOfTime(ns, atLeast) {
  let lo = Math.max(0, atLeast), hi = N;
  while (lo < hi) { const mid = (lo + hi) >> 1; if (S[mid].at < ns) lo = mid + 1; else hi = mid; }
  if (lo < N) return [U[lo], lo];
  const gap = gaps.find(g => g.jump.to >= ns && g.jump.from <= ns);
  return [gap ? gap.to : total, lo];
}

// ---- The view.

const canvas = $('lanes'), g = canvas.getContext('2d');
const map = $('map'), m = map.getContext('2d');
const AXIS = 40, OUTAGE = 16;
let W = 0, gutter = 150, laneHeight = 22, dpr = 1;
let x0 = 0, zoom = 1, color = {}, rgba = {}, wanted = false;

function readColors() {
  const style = getComputedStyle(root);
  for (const name of ['paper', 'ink', 'soft', 'rule', 'head', 'bar', 'ended', 'chosen', 'match', 'band', 'cut', 'bad', 'lock', 'monitor', 'queue', 'sleep', 'future', 'socket', 'outside', 'other']) {
    color[name] = style.getPropertyValue('--' + name).trim();
    const hex = color[name].length === 4 ? color[name].replace(/[0-9a-f]/gi, '$&$&') : color[name];
    const n = parseInt(hex.slice(1), 16);
    rgba[name] = (0xff000000 | (n & 0xff) << 16 | n & 0xff00 | n >> 16) >>> 0;
  }
}

function resize() {
  dpr = window.devicePixelRatio || 1;
  for (const c of [canvas, map]) {
    const box = c.getBoundingClientRect();
    c.width = Math.max(1, Math.round(box.width * dpr));
    c.height = Math.max(1, Math.round(box.height * dpr));
  }
  const wasAll = zoom <= fitZoom() * 1.001;
  W = canvas.width / dpr;
  gutter = W < 600 ? 92 : 170;
  share(canvas.height / dpr);
  if (wasAll) zoom = fitZoom();
  clamp();
  paint(); // at once: the canvas is empty now
  paintMap();
}

/** Each run gets as much of the height as it has lanes. */
function share(height) {
  let all = 0, tops = 0, offset = 0;
  each(view => { if (shown().includes(view)) { all += Math.max(1, lanes.length); tops += TOP; } });
  laneHeight = Math.min(30, Math.max(10, Math.floor((height - tops) / all)));
  each(view => {
    if (!shown().includes(view)) return;
    H = both && views[1] !== view ? TOP + Math.round((height - tops) * Math.max(1, lanes.length) / all) : height - offset;
    view.offset = offset;
    offset += H;
  });
}

const widest = () => { let most = total; if (both) each(() => { most = Math.max(most, total); }); return most; };
const fitZoom = () => Math.min(96, Math.max(1, W - gutter - 8) / widest());
const X = u => gutter + (u - x0) * zoom;
const Y = row => TOP + row * laneHeight - y0;

function clamp() {
  zoom = Math.max(Math.min(zoom, 240), fitZoom());
  x0 = Math.max(0, Math.min(x0, widest() - (W - gutter - 8) / zoom));
  each(() => { y0 = Math.max(0, Math.min(y0, lanes.length * laneHeight - (H - TOP))); });
}

function zoomBy(factor, at = gutter + (W - gutter) / 2) {
  const u = x0 + (at - gutter) / zoom;
  zoom *= factor;
  clamp();
  x0 = u - (at - gutter) / zoom;
  clamp();
  draw();
}

function showAll() { zoom = fitZoom(); x0 = 0; each(() => { y0 = 0; }); clamp(); draw(); }

function draw() {
  if (!wanted) { wanted = true; requestAnimationFrame(() => { wanted = false; paint(); paintMap(); }); }
}

function paint() {
  const at = now;
  for (const view of shown()) { focus(view); paintRun(); }
  focus(at);
  const from = x0, to = x0 + (W - gutter) / zoom, a = Math.min(N, sliceAt(from) + 1), b = Math.min(N, sliceAt(to) + 1);
  $('where').textContent = N ? `Slices ${number(a)} to ${number(b)} of ${number(N)}${isPassing() ? ' of the run that passes' : ''}` : 'No slice ran.';
}

function paintRun() {
  g.setTransform(dpr, 0, 0, dpr, 0, now.offset * dpr);
  g.save();
  g.beginPath(); g.rect(0, 0, W, H); g.clip();
  g.fillStyle = color.paper;
  g.fillRect(0, 0, W, H);
  const from = x0, to = x0 + (W - gutter) / zoom;
  g.save();
  g.beginPath(); g.rect(gutter, 0, W - gutter, H); g.clip();
  paintBands(from, to);
  g.beginPath(); g.rect(gutter, TOP, W - gutter, H - TOP); g.clip();
  paintRules();
  if (zoom >= 3) paintBars(from, to); else paintPixels(from, to);
  paintMessages(from, to);
  paintArrows(from, to);
  paintMarks(from, to);
  paintCycle();
  g.restore();
  g.save();
  g.beginPath(); g.rect(gutter, 0, W - gutter, H); g.clip();
  paintAxis(from, to);
  g.restore();
  paintNames();
  g.restore();
}

function paintRules() {
  g.strokeStyle = color.rule;
  g.lineWidth = 1;
  for (let row = 0; row < lanes.length; row++) {
    const y = Y(row);
    if (y < TOP - laneHeight || y > H) continue;
    if (lanes[row].title !== undefined) { g.globalAlpha = .6; g.fillStyle = color.head; g.fillRect(gutter, y, W, laneHeight); g.globalAlpha = 1; }
    g.beginPath(); g.moveTo(gutter, y + laneHeight - .5); g.lineTo(W, y + laneHeight - .5); g.stroke();
  }
}

/** Full-height bands: time that passed, and what did not work. */
function paintBands(from, to) {
  let last = -1;
  for (const gap of gaps) {
    if (gap.to < from || gap.from > to) continue;
    const x = X(gap.from), w = Math.max(1, (gap.to - gap.from) * zoom);
    if (Math.round(x + w) === last) continue;
    last = Math.round(x + w);
    g.fillStyle = color.band;
    g.fillRect(x, TOP, w, H - TOP);
  }
  let end = -Infinity;
  for (const span of spans) {
    const a = Math.max(span.a, end); // once only, where several are at once
    end = Math.max(end, span.b);
    if (span.b <= a || span.b < from || a > to) continue;
    hatch(X(a), TOP, Math.max(2, (span.b - a) * zoom), H - TOP, .6);
  }
}

function hatch(x, y, w, h, strength) {
  g.globalAlpha = strength; g.fillStyle = color.cut; g.fillRect(x, y, w, h);
  g.save(); g.beginPath(); g.rect(x, y, w, h); g.clip();
  g.strokeStyle = color.bad; g.globalAlpha = strength * .3; g.lineWidth = 1; g.beginPath();
  for (let d = Math.floor((Math.max(x, gutter) - h) / 14) * 14; d < Math.min(x + w, W); d += 14) { g.moveTo(d, y + h); g.lineTo(d + h, y); }
  g.stroke(); g.restore(); g.globalAlpha = 1;
}

function outageSpan(o) {
  const a = o.after > 0 ? U[Math.min(N, o.after) - 1] + 1 : 0;
  const b = o.to === undefined ? total : o.until ? U[Math.min(N, o.until) - 1] + 1 : 0;
  return [a, b];
}

const barColor = s => failed.has(s.n) ? 'bad' : matching.has(s.i) ? 'match' : s.ended ? 'ended' : 'bar';

function* visible(from, to) {
  for (const t of tasks.values()) {
    const row = laneOf.get(t.id);
    if (row === undefined) continue;
    const y = Y(row);
    if (y + laneHeight < TOP || y > H) continue;
    const all = t.slices;
    let lo = 0, hi = all.length;
    while (lo < hi) { const mid = (lo + hi) >> 1; if (U[all[mid]] + 1 < from) lo = mid + 1; else hi = mid; }
    yield [all, Math.max(0, lo - 1), y];
  }
}

/** By pixels: so many bars that each would be thinner than one. */
function paintPixels(from, to) {
  const w = Math.max(1, Math.round((W - gutter) * dpr)), h = Math.max(1, Math.round((H - TOP) * dpr));
  const image = new ImageData(w, h), data = new Uint32Array(image.data.buffer);
  const scale = zoom * dpr, row = new Uint32Array(w);
  const RANK = {bar: 0, ended: 1, match: 2, bad: 3};
  for (const [all, lo, top] of visible(from, to)) {
    const rank = new Int8Array(w).fill(-1);
    const mid = Math.round((top + laneHeight / 2 - TOP) * dpr), half = Math.max(1, Math.round(laneHeight * .34 * dpr));
    row.fill(0);
    for (let k = lo; k < all.length; k++) {
      const i = all[k], start = U[i];
      if (start > to) break;
      const s = S[i], px = Math.floor((start - from) * scale);
      const stop = Math.max(px + 1, Math.floor((start + 1 - from) * scale));
      const name = barColor(s);
      for (let x = Math.max(0, px); x < Math.min(w, stop); x++) if (RANK[name] > rank[x]) { rank[x] = RANK[name]; row[x] = rgba[name]; }
      if (s.waits) {
        const until = k + 1 < all.length ? U[all[k + 1]] : total;
        const a = Math.max(0, stop), b = Math.min(w, Math.floor((until - from) * scale)), c = rgba[group(s)];
        if (b > a && mid >= 0 && mid + 1 < h) { data.fill(c, mid * w + a, mid * w + b); if (dpr > 1) data.fill(c, (mid + 1) * w + a, (mid + 1) * w + b); }
      }
    }
    const first = Math.max(0, mid - half), last = Math.min(h - 1, mid + half);
    for (let x = 0; x < w; x++) if (rank[x] >= 0) for (let y = first; y <= last; y++) data[y * w + x] = row[x];
  }
  const off = new OffscreenCanvas(w, h);
  off.getContext('2d').putImageData(image, 0, 0);
  g.drawImage(off, gutter, TOP, w / dpr, h / dpr);
}

function paintBars(from, to) {
  const pad = Math.max(1, laneHeight * .16), gapX = zoom > 8 ? 1 : 0;
  g.textBaseline = 'middle';
  for (const [all, lo, y] of visible(from, to)) {
    const mid = y + laneHeight / 2;
    for (let k = lo; k < all.length; k++) {
      const i = all[k], start = U[i];
      if (start > to) break;
      const s = S[i];
      if (s.waits) {
        const until = k + 1 < all.length ? U[all[k + 1]] : total;
        g.fillStyle = color[group(s)];
        g.fillRect(X(start + 1), mid - 1, (until - start - 1) * zoom, s.holder ? 3 : 2);
      }
      else if (!s.ended && k + 1 < all.length && all[k + 1] > i + 1) {
        g.strokeStyle = color.soft; g.lineWidth = 1; g.setLineDash([1, 3]);
        g.beginPath(); g.moveTo(X(start + 1), mid); g.lineTo(X(U[all[k + 1]]), mid); g.stroke(); g.setLineDash([]);
      }
      g.fillStyle = color[barColor(s)];
      g.fillRect(X(start) + gapX / 2, y + pad, zoom - gapX, laneHeight - 2 * pad);
      if (zoom > 30 && laneHeight >= 14) label(s, start, mid);
    }
  }
}

function label(s, start, mid) {
  const f = place(s);
  if (!f || f.line <= 0) return;
  g.font = '11px system-ui, sans-serif';
  g.fillStyle = color.paper;
  const full = `${f.file}:${f.line}`, text = g.measureText(full).width < zoom - 6 ? full : ':' + f.line;
  if (g.measureText(text).width < zoom - 4) g.fillText(text, X(start) + 4, mid);
}

const CAUSE_COLORS = {start: 'soft', unlock: 'lock', signal: 'monitor', queue: 'queue', complete: 'future', interrupt: 'bad', socket: 'socket', unpark: 'other'};

function paintArrows(from, to) {
  const from1 = Math.max(0, sliceAt(from) - 1), to1 = Math.min(N, sliceAt(to) + 2);
  if (zoom >= 5) {
    let drawn = 0;
    for (let i = from1; i < to1 && drawn < 2000; i++) if (S[i].byTask) { arrow(S[i], false); drawn++; }
  }
  if (selected >= 0) {
    if (S[selected].byTask) arrow(S[selected], true);
    for (const i of woken.get(selected + 1) || []) arrow(S[i], true);
  }
}

function arrow(s, bold) {
  const by = s.bySlice ? S[s.bySlice - 1] : null;
  if (!by || !laneOf.has(s.byTask) || s.byTask === s.task || s.by === 'socket' && messages.length) return;
  const xa = X(U[by.i] + 1), ya = Y(laneOf.get(by.task)) + laneHeight / 2;
  const xb = X(U[s.i]), yb = Y(laneOf.get(s.task)) + laneHeight / 2;
  curve(xa, ya, xb, yb, color[CAUSE_COLORS[s.by] || 'other'], bold ? 2.5 : 1, s.by === 'interrupt' ? [4, 3] : s.by === 'start' ? [2, 2] : []);
}

function curve(xa, ya, xb, yb, ink, width, dash) {
  const bend = Math.min(40, Math.max(6, (xb - xa) / 2)), way = Math.sign(yb - ya) * Math.min(6, Math.abs(yb - ya) / 2);
  g.strokeStyle = g.fillStyle = ink;
  g.lineWidth = width;
  g.setLineDash(dash);
  g.beginPath(); g.moveTo(xa, ya); g.bezierCurveTo(xa + bend, ya + way, xb - bend, yb - way, xb - 1, yb); g.stroke();
  g.setLineDash([]);
  headAt(xb, yb, 0, width);
}

function headAt(x, y, angle, width) {
  const size = 4 + width;
  g.save(); g.translate(x, y); g.rotate(angle);
  g.beginPath(); g.moveTo(0, 0); g.lineTo(-size, -size / 1.8); g.lineTo(-size, size / 1.8); g.closePath(); g.fill();
  g.restore();
}

/** Slanted from host to host; what is lost ends in a cross. */
function paintMessages(from, to) {
  for (const msg of messages) {
    const s = S[msg.slice - 1];
    const a = s ? U[s.i] + 1 : 0;
    const lost = msg.arrives === undefined;
    const [b, at] = lost ? [a + 2, 0] : xOfTime(msg.arrives, msg.slice);
    if (Math.max(a, b) < from || a > to) continue;
    const ya = Y(s && laneOf.has(s.task) ? laneOf.get(s.task) : hostRow.get(msg.from) || 0) + laneHeight / 2;
    let row = hostRow.get(msg.to);
    for (let i = at; !lost && i < N && S[i].at <= msg.arrives; i++) if ((tasks.get(S[i].task).host || '') === msg.to) { row = laneOf.get(S[i].task); break; }
    if (row === undefined) continue;
    const yb = Y(row) + laneHeight / 2, xa = X(a);
    const stop = lost ? .55 : 1, xb = Math.max(X(b), xa + 6), x = xa + (xb - xa) * stop, y = ya + (yb - ya) * stop;
    g.strokeStyle = g.fillStyle = lost ? color.bad : color.socket;
    g.lineWidth = 1.5;
    g.setLineDash(lost ? [5, 3] : []);
    g.beginPath(); g.moveTo(xa, ya); g.lineTo(x, y); g.stroke();
    g.setLineDash([]);
    if (lost) { g.lineWidth = 2.5; g.beginPath(); g.moveTo(x - 5, y - 5); g.lineTo(x + 5, y + 5); g.moveTo(x - 5, y + 5); g.lineTo(x + 5, y - 5); g.stroke(); }
    else headAt(x, y, Math.atan2(yb - ya, xb - xa), 2);
    if (msg.what && zoom > 20) { g.font = '11px system-ui, sans-serif'; g.fillText(msg.what, (xa + x) / 2 + 4, lost ? y + 16 : (ya + y) / 2 - 4); }
  }
}

function paintMarks(from, to) {
  for (const f of failures) {
    const s = S[f.slice - 1];
    if (!s || U[s.i] + 1 < from || U[s.i] > to) continue;
    const x = X(U[s.i] + 1), y = Y(laneOf.get(s.task)) + laneHeight / 2, r = Math.min(7, laneHeight / 2);
    g.fillStyle = color.bad;
    g.beginPath(); g.moveTo(x, y - r); g.lineTo(x + r, y + r); g.lineTo(x - r, y + r); g.closePath(); g.fill();
    g.fillStyle = color.paper; g.font = 'bold 10px system-ui, sans-serif'; g.textAlign = 'center'; g.fillText('!', x, y + r / 2 - 1); g.textAlign = 'left';
  }
  for (const flag of flags()) {
    if (flag.u < from - 1 || flag.u > to) continue;
    g.strokeStyle = color.chosen; g.lineWidth = flag.isMissing ? 1 : 2; g.setLineDash(flag.isMissing ? [2, 3] : [6, 3]);
    g.beginPath(); g.moveTo(X(flag.u), TOP); g.lineTo(X(flag.u), H); g.stroke(); g.setLineDash([]);
  }
  if (selected >= 0) {
    const s = S[selected], x = X(U[selected]), y = Y(laneOf.get(s.task));
    g.strokeStyle = color.ink; g.lineWidth = 2;
    g.strokeRect(x - 1, y + 1, Math.max(4, zoom) + 2, laneHeight - 2);
  }
}

/** Where a run departs from one that passes; in that, where it does not. */
function flags() {
  const made = departures.map((d, k) => ({u: startOf(d.slice - 1), text: k + 1, isMissing: false}));
  return isPassing() ? [...made, {u: partsWithin ? startOf(part) + 1 : startOf(part), text: without.length === 1 ? without[0] : '∗', isMissing: true}] : made;
}
const startOf = i => i < 0 || !N ? 0 : i < N ? U[i] : U[N - 1] + 1;

/** Behind the last slice: who waits for whom, in a ring. */
function paintCycle() {
  const ring = end && end.cycle || [];
  if (ring.length < 2) return;
  const x = X(N ? U[N - 1] + 1 : 0) + 4;
  ring.forEach((id, k) => {
    const next = ring[(k + 1) % ring.length];
    if (!laneOf.has(id) || !laneOf.has(next)) return;
    const ya = Y(laneOf.get(id)) + laneHeight / 2, yb = Y(laneOf.get(next)) + laneHeight / 2;
    const out = Math.min(60, 14 + Math.abs(yb - ya) / 4) * (ya < yb ? 1 : .6);
    g.strokeStyle = g.fillStyle = color.bad; g.lineWidth = 2;
    g.beginPath(); g.moveTo(x, ya); g.bezierCurveTo(x + out, ya, x + out, yb, x + 3, yb); g.stroke();
    headAt(x, yb, Math.PI, 2);
  });
}

function paintAxis(from, to) {
  g.font = '11px system-ui, sans-serif'; g.textBaseline = 'alphabetic'; g.textAlign = 'left';
  g.fillStyle = color.paper; g.fillRect(gutter, 0, W, TOP);
  g.fillStyle = color.soft; g.strokeStyle = color.rule; g.lineWidth = 1;
  let free = -Infinity;
  for (const gap of gaps) {
    if (gap.to < from || gap.from > to) continue;
    const text = duration(gap.jump.to - gap.jump.from), x = X((Math.max(from, gap.from) + Math.min(to, gap.to)) / 2), w = g.measureText(text).width;
    if (x - w / 2 < free) continue;
    g.fillText(text, x - w / 2, 12);
    free = x + w / 2 + 6;
    if (byTime) { g.strokeStyle = color.soft; g.beginPath(); g.moveTo(x - 4, AXIS - 2); g.lineTo(x, AXIS - 9); g.moveTo(x, AXIS - 2); g.lineTo(x + 4, AXIS - 9); g.stroke(); }
  }
  paintOutages(from, to);
  const each = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6].find(n => n * zoom >= (byTime ? 90 : 60)) || 1e6;
  g.fillStyle = color.soft; g.strokeStyle = color.rule;
  const last = Math.min(N, sliceAt(to) + 1);
  for (let i = Math.ceil((sliceAt(from) + 1) / each) * each - 1; i < last; i += each) {
    const x = X(U[i]);
    if (!byTime && flags().some(flag => flag.u === U[i])) continue;
    g.fillText(byTime ? '+' + duration(S[i].at) : number(i + 1), x + 2, 26);
    g.beginPath(); g.moveTo(x + .5, AXIS - 10); g.lineTo(x + .5, AXIS); g.stroke();
  }
  for (const flag of flags()) {
    const x = X(flag.u);
    g.fillStyle = g.strokeStyle = color.chosen; g.lineWidth = 1.5;
    g.beginPath(); g.moveTo(x, AXIS - 1); g.lineTo(x - 7, AXIS - 10); g.lineTo(x - 7, AXIS - 18); g.lineTo(x + 7, AXIS - 18); g.lineTo(x + 7, AXIS - 10); g.closePath();
    if (flag.isMissing) g.stroke(); else { g.fill(); g.fillStyle = color.paper; }
    g.textAlign = 'center'; g.font = 'bold 10px system-ui, sans-serif'; g.fillText(flag.text, x, AXIS - 8); g.textAlign = 'left'; g.font = '11px system-ui, sans-serif';
  }
}

/** A bar for each with its name, as far as there is room for it until the next in its row. */
function paintOutages(from, to) {
  const next = []; // by row, from the right
  for (const span of spans.toReversed()) {
    if (span.row < 0) continue;
    const limit = next[span.row] ?? Infinity;
    next[span.row] = span.a;
    if (span.b < from || span.a > to) continue;
    const y = AXIS + span.row * OUTAGE + 1, x = X(span.a), left = Math.max(gutter, x);
    hatch(x, y, Math.max(2, (span.b - span.a) * zoom), OUTAGE - 2, 1);
    g.fillStyle = color.bad; g.fillRect(x, y, 2, OUTAGE - 2);
    const room = Math.min(W, X(limit)) - left - 8;
    if (room > 24) g.fillText(short(span.what, room), left + 5, y + 11);
  }
}

function paintNames() {
  g.fillStyle = color.paper; g.fillRect(0, 0, gutter, H);
  g.strokeStyle = color.rule; g.lineWidth = 1;
  g.beginPath(); g.moveTo(gutter - .5, 0); g.lineTo(gutter - .5, H); g.stroke();
  g.save(); g.beginPath(); g.rect(0, 0, gutter - 4, TOP); g.clip();
  if (views.length > 1) {
    g.fillStyle = isPassing() ? color.future : color.bad; g.textBaseline = 'alphabetic'; g.font = 'bold 12px system-ui, sans-serif';
    g.fillText(isPassing() ? 'It passes' : 'It fails', 6, 15);
    if (isPassing()) { g.fillStyle = color.soft; g.font = '11px system-ui, sans-serif'; g.fillText(short(withoutText(), gutter - 12), 6, 30); }
  }
  g.restore();
  g.save(); g.beginPath(); g.rect(0, TOP, gutter - 4, H - TOP); g.clip();
  g.textBaseline = 'middle';
  const chosenRow = selected >= 0 ? laneOf.get(S[selected].task) : -1;
  let free = -Infinity;
  for (let row = 0; row < lanes.length; row++) {
    const y = Y(row) + laneHeight / 2;
    if (y < TOP - laneHeight || y > H || y - free < 11 && row !== chosenRow) continue;
    free = y;
    const lane = lanes[row], bold = lane.title !== undefined || row === chosenRow;
    g.font = (bold ? 'bold ' : '') + '12px system-ui, sans-serif';
    g.fillStyle = row === chosenRow ? color.chosen : lane.title !== undefined ? color.soft : color.ink;
    g.fillText(short(laneName(lane), gutter - 12 - lane.depth * 8), 6 + lane.depth * 8, y);
  }
  g.restore();
}

function short(text, width) {
  if (g.measureText(text).width <= width) return text;
  let n = text.length;
  while (n > 1 && g.measureText(text.slice(0, n) + '…').width > width) n--;
  return text.slice(0, n) + '…';
}

function paintMap() {
  const w = map.width, h = map.height, data = new Uint32Array(w * h), scale = w / total;
  const rows = Math.max(1, lanes.length);
  data.fill(rgba.paper);
  for (const gap of gaps) { const a = Math.floor(gap.from * scale); if (a < w) for (let y = 0; y < h; y++) data[y * w + a] = rgba.band; }
  for (let i = 0; i < N; i++) {
    const row = laneOf.get(S[i].task), x = Math.min(w - 1, Math.floor(U[i] * scale)), y = Math.floor(row * h / rows);
    const tall = Math.max(1, Math.floor(h / rows) - 1), wide = Math.max(1, Math.min(12, Math.floor(scale) - 1)), ink = rgba[barColor(S[i])];
    for (let dy = 0; dy < tall; dy++) for (let dx = 0; dx < wide && x + dx < w; dx++) data[(y + dy) * w + x + dx] = ink;
  }
  for (const flag of flags()) { const x = Math.min(w - 1, Math.floor(flag.u * scale)); for (let y = 0; y < h; y++) data[y * w + x] = rgba.chosen; }
  m.putImageData(new ImageData(new Uint8ClampedArray(data.buffer), w, h), 0, 0);
  const a = x0 * scale, b = Math.min(w, (x0 + (W - gutter) / zoom) * scale);
  m.strokeStyle = color.ink; m.lineWidth = 2 * dpr;
  m.strokeRect(a + dpr, dpr, Math.max(4, b - a - 2 * dpr), h - 2 * dpr);
}

// ---- The panel.

function frameLines(numbers) {
  const out = [];
  let others = [];
  const flush = () => {
    if (others.length > 2) out.push(`<details><summary class="frame">… ${others.length} frames of the JDK and libraries</summary>${others.join('')}</details>`);
    else out.push(...others);
    others = [];
  };
  for (const n of numbers) {
    const f = frames[n], at = `${f.class}.${f.method}(${f.file || 'unknown'}${f.line > 0 ? ':' + f.line : ''})`;
    if (own.has(f.class)) { flush(); out.push(`<p class="frame own">${esc(at)}</p>`); }
    else others.push(`<p class="frame">${esc(at)}</p>`);
  }
  flush();
  return out.join('');
}

function sourceOf(f) {
  if (!f || !f.file) return '';
  const dot = f.class.lastIndexOf('.'), file = source.get((dot < 0 ? '' : f.class.slice(0, dot).replaceAll('.', '/') + '/') + f.file);
  if (!file) return '';
  const out = [];
  for (let n = f.line - 3; n <= f.line + 3; n++) if (file.has(n)) {
    const text = `${String(n).padStart(4)} ${esc(file.get(n))}`;
    out.push(n === f.line ? `<mark>${text}</mark>` : text);
  }
  return out.length ? `<pre class="code">${out.join('\n')}</pre>` : '';
}

function stackOf(number) {
  const all = stacks[number || 0] || [];
  if (!all.length) return '';
  return sourceOf(all.map(n => frames[n]).find(f => own.has(f.class))) + frameLines(all);
}

function waitText(s) {
  const what = s.object ? `${WAITS[s.waits]}, <b>${esc(s.object)}</b>` : WAITS[s.waits] || s.waits;
  const holder = s.holder ? `, of <b>${linkTask(s.holder, s.i)}</b>` : '';
  return `Then it waits for ${what}${holder}${s.outside ? ', outside the loop' : ''}.`;
}

/** To what a task did last before a slice. */
function linkTask(id, i) {
  const t = tasks.get(id);
  if (!t) return esc(nameOf(id));
  let k = t.slices.length - 1;
  while (k > 0 && t.slices[k] > i) k--;
  return t.slices.length ? link(t.slices[k], t.name) : esc(t.name);
}

function causeText(s) {
  if (!s.by) return s.nth ? 'It could go on all the time.' : '';
  if (s.by === 'timer') return 'It could run because its time had come.';
  if (s.by === 'outside') return s.nth ? 'It could run because a thread outside the loop let it, such as that of the test.' : 'It was started from outside the loop.';
  if (!s.byTask) return s.by === 'start' ? 'It was started by the loop.' : '';
  const who = s.bySlice && S[s.bySlice - 1] && S[s.bySlice - 1].task === s.byTask ? link(s.bySlice - 1, nameOf(s.byTask)) : esc(nameOf(s.byTask));
  return `It could run because <b>${who}</b> ${CAUSES[s.by] || 'let it'}.`;
}

function showSlice(i) {
  const s = S[i], t = tasks.get(s.task), next = t.slices[s.nth + 1];
  const out = [`<h2>${esc(t.name)}</h2><p class="dim">Slice ${number(s.n)} of ${number(N)}, number ${number(s.nth + 1)} of this task's ${number(t.slices.length)} · +${duration(s.at)} · ${s.of > 1 ? `chosen ${s.choice ? 'as number ' + (s.choice + 1) : 'first'} of ${s.of} that could run` : 'nobody else could run'}</p>`];
  if (isPassing()) out.unshift('<p class="good"><b>In the run that passes</b></p>');
  departures.forEach((d, k) => { if (d.slice === s.n) out.push(`<p class="bad"><b>${d.after ? 'Switch' : 'Happening'} ${k + 1} decides:</b> ${esc(d.text)}.</p>`); });
  if (runs.length > 1 && i === part) out.push(partingText());
  out.push(`<p>${causeText(s)}</p>`);
  if (steps.has(s.n)) out.push(`<h2>What it does that others can race with</h2><ul>${steps.get(s.n).map(x => `<li><code>${esc(x.place)}</code> ${esc(x.text)}</li>`).join('')}</ul>`);
  for (const f of failed.get(s.n) || []) out.push(`<h2 class="bad">It throws</h2><pre class="bad">${esc(f.text)}</pre>${stackOf(f.stack)}`);
  if (s.ended) out.push('<p>Then it has ended.</p>');
  else if (s.waits) out.push(`<p>${waitText(s)} ${next === undefined ? 'It never runs again.' : `It runs again in slice ${link(next, number(next + 1))}, ${duration(S[next].at - s.at)} later.`}</p>`);
  else if (next !== undefined) out.push(`<p>Then others run; it goes on in slice ${link(next, number(next + 1))}.</p>`);
  if (s.stack) out.push(`<h2>Where it stopped</h2>${stackOf(s.stack)}`);
  const lets = woken.get(s.n);
  if (lets) out.push(`<h2>Whom it let go on</h2><ul>${lets.map(j => `<li>${link(j, nameOf(S[j].task))} <span class="dim">${esc(CAUSES[S[j].by])}</span></li>`).join('')}</ul>`);
  const broken = spans.filter(x => x.a <= U[i] && x.b > U[i]);
  if (broken.length) out.push(`<h2>What does not work then</h2><ul>${broken.map(x => `<li class="bad">${esc(x.what)}</li>`).join('')}</ul>`);
  const sent = messages.filter(x => x.slice === s.n);
  if (sent.length) out.push(`<h2>What it sent</h2><ul>${sent.map(x => `<li>${esc(x.from)} → ${esc(x.to)}, ${number(x.bytes)} bytes ${esc(x.what || '')}, ${x.arrives === undefined ? '<b class="bad">lost</b>' : 'arrives ' + duration(x.arrives - x.at) + ' later'}</li>`).join('')}</ul>`);
  const parent = t.startedBy ? `Started by ${linkTask(t.startedBy, t.first)}` : '';
  const more = [parent, t.pool && 'pool ' + esc(t.pool), t.host && 'host ' + esc(t.host)].filter(Boolean).join(' · ');
  if (more) out.push(`<p class="dim">${more}</p>`);
  if (t.startedAt) out.push(`<details><summary>Where it was started</summary>${stackOf(t.startedAt)}</details>`);
  $('panel').innerHTML = out.join('');
}

function ring(ids) {
  const R = 62, cx = 165, cy = 92, n = ids.length, at = k => [cx + R * Math.sin(2 * Math.PI * k / n), cy - R * Math.cos(2 * Math.PI * k / n)];
  const nodes = ids.map((id, k) => {
    const [x, y] = at(k), side = x < cx - 5 ? 'end' : x > cx + 5 ? 'start' : 'middle', dx = side === 'end' ? -9 : side === 'start' ? 9 : 0, dy = side === 'middle' ? (y < cy ? -10 : 18) : 4;
    const t = tasks.get(id), s = t && S[t.last];
    return `<circle cx="${x}" cy="${y}" r="5" fill="var(--bad)"/><text x="${x + dx}" y="${y + dy}" text-anchor="${side}">${esc(nameOf(id).slice(0, 22))}<title>${esc(nameOf(id))}${s && s.object ? ' wants ' + esc(s.object) : ''}</title></text>`;
  });
  const arcs = ids.map((id, k) => {
    const p = 2 * Math.PI * (k + 10 / R) / n - 0, a = 2 * Math.PI * k / n + .16, b = 2 * Math.PI * (k + 1) / n - .2;
    const q = z => `${cx + R * Math.sin(z)} ${cy - R * Math.cos(z)}`;
    return `<path d="M${q(a)} A${R} ${R} 0 ${b - a > Math.PI ? 1 : 0} 1 ${q(b)}" fill="none" stroke="var(--bad)" stroke-width="2" marker-end="url(#tip)"/>`;
  });
  return `<svg viewBox="0 0 330 190" role="img" aria-label="${esc(ids.map(nameOf).join(' waits for '))}"><defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z" fill="var(--bad)"/></marker></defs>${arcs.join('')}${nodes.join('')}</svg>`;
}

/** Says where the failing run and the one that passes part. */
function partingText() {
  const other = runs[isPassing() ? 0 : 1], at = number(part + 1);
  const name = run => run.S[part] ? `<b>${esc(run.tasks.get(run.S[part].task).name)}</b> runs` : 'nobody runs any more';
  const stop = s => s.ended ? 'goes on and ends' : s.waits ? `goes on until it waits for ${WAITS[s.waits] || s.waits}` : 'has to let others run';
  const how = partsWithin
    ? `up to slice ${at}, in which <b>${esc(nameOf(S[part].task))}</b> ${stop(runs[0].S[part])} in the one that fails, and ${stop(runs[1].S[part])} in the one that passes`
    : `before slice ${at}: there ${name(runs[0])} in the one that fails, and ${name(runs[1])} in the one that passes`;
  return `<p>Both runs are the same ${how}. See ${link(Math.min(part, other.S.length - 1), isPassing() ? 'the one that fails' : 'the one that passes', !isPassing())}.</p>`;
}

function showOverview() {
  const out = [`<h2>${esc(head.loop)}${end ? ' ' + (OUTCOMES[end.outcome] || end.outcome) : ''}</h2>`];
  if (departures.length && !isPassing()) {
    const only = departures.every(d => d.after) ? ['switch decides', 'switches decide'] : departures.every(d => !d.after) ? ['happening decides', 'happenings decide'] : ['', 'switches and happenings decide'];
    out.push(`<h2>${departures.length === 1 ? 'One ' + only[0] : departures.length + ' ' + only[1]}</h2><ol>${departures.map(d => `<li>${link(Math.min(d.slice, N) - 1, d.text + (d.times ? ` (${d.times} times)` : ''))}</li>`).join('')}</ol><p class="dim">Without one of them the run passes, or fails in another way.</p>`);
  }
  if (runs.length > 1) out.push(`<h2>${isPassing() ? 'The nearest run that passes' : `It passes ${withoutText()}`}</h2>${partingText()}`);
  if (end && end.cycle && end.cycle.length > 1) {
    out.push(`<h2>Each waits for the next</h2>${ring(end.cycle)}<ul>${end.cycle.map(id => { const s = S[tasks.get(id) ? tasks.get(id).last : -1]; return s ? `<li>${link(s.i, nameOf(id))} wants ${s.object ? '<b>' + esc(s.object) + '</b>' : WAITS[s.waits] || ''}${s.holder ? ', which ' + esc(nameOf(s.holder)) + ' has' : ''}</li>` : ''; }).join('')}</ul>`);
  }
  if (failures.length) out.push(`<h2 class="bad">What was thrown</h2><ul>${failures.slice(0, 20).map(f => `<li>${S[f.slice - 1] ? link(f.slice - 1, f.task ? nameOf(f.task) : 'slice ' + f.slice) : ''}: ${esc(f.text)}</li>`).join('')}</ul>`);
  if (end && end.text) out.push(`<h2>What was said</h2><pre>${esc(end.text)}</pre>`);
  if (now.run.token) out.push(`<p class="dim">To repeat it: <code>${esc(now.run.token)}</code></p>`);
  out.push('<p class="dim screen">Click a bar, or step with the arrow keys.</p>');
  $('panel').innerHTML = out.join('');
}

function select(i, move = true) {
  selected = i < 0 || i >= N ? -1 : i;
  if (selected < 0) showOverview();
  else {
    showSlice(i);
    const row = laneOf.get(S[i].task), x = X(U[i]), y = Y(row);
    if (move && (x < gutter + 10 || x > W - 30)) x0 = U[i] - (W - gutter) / zoom / 2;
    if (y < TOP) y0 -= TOP - y;
    if (y + laneHeight > H) y0 += y + laneHeight - H;
    clamp();
  }
  history.replaceState(null, '', '#' + [isPassing() ? 'passing' : '', selected < 0 ? '' : 'slice=' + (selected + 1), byTime ? 'time' : ''].filter(Boolean).join('&'));
  draw();
}

/** Selects, and zooms in as far as it takes to see a slice. */
function goTo(i) {
  if (i >= 0 && i < N && zoom < 3) { zoom = 24; x0 = U[i] - (W - gutter) / zoom / 2; clamp(); }
  select(i);
}

// ---- Search.

function search(text) {
  const words = text.toLowerCase().trim();
  const stackHit = new Map(), hit = n => {
    if (!stackHit.has(n)) stackHit.set(n, (stacks[n] || []).some(k => `${frames[k].class}.${frames[k].method}(${frames[k].file}:${frames[k].line})`.toLowerCase().includes(words)));
    return stackHit.get(n);
  };
  each(() => {
    matches = [];
    if (words) {
      const named = new Set([...tasks.values()].filter(t => t.name.toLowerCase().includes(words)).map(t => t.id));
      for (const s of S) {
        if (named.has(s.task) || (s.object || '').toLowerCase().includes(words) || s.stack && hit(s.stack)
            || (steps.get(s.n) || []).some(x => `${x.place} ${x.text}`.toLowerCase().includes(words)) || (failed.get(s.n) || []).some(f => f.text.toLowerCase().includes(words))) matches.push(s.i);
      }
    }
    matching = new Set(matches);
  });
  $('found').textContent = words ? (matches.length ? number(matches.length) + ' found' : 'none') : '';
  if (matches.length && !matching.has(selected)) select(matches[0]); else draw();
}

function nextMatch(way) {
  if (!matches.length) return;
  const i = way > 0 ? matches.find(k => k > selected) : matches.findLast(k => k < selected);
  goTo(i === undefined ? (way > 0 ? matches[0] : matches[matches.length - 1]) : i);
}

// ---- What the user does.

const step = (way, sameTask) => {
  if (!N) return;
  if (selected < 0) return goTo(way > 0 ? 0 : N - 1);
  if (!sameTask) return goTo(Math.max(0, Math.min(N - 1, selected + way)));
  const s = S[selected], other = tasks.get(s.task).slices[s.nth + way];
  if (other !== undefined) goTo(other);
};
const nextDeparture = () => {
  const at = departures.map(d => Math.min(d.slice, N) - 1);
  if (at.length) goTo(at.find(i => i > selected) ?? at[0]);
};
/** Goes to the other run, at the same slice as far as they are the same. */
function changeRun() {
  if (views.length < 2) return;
  const i = selected;
  focus(views[isPassing() ? 0 : 1]);
  nameRun();
  resize();
  select(i < 0 ? -1 : Math.min(i, part));
}
function setBoth() { both = views.length > 1 && !both; nameRun(); resize(); }
function nameRun() {
  $('other').textContent = isPassing() ? 'Failing run' : 'Passing run';
  $('both').setAttribute('aria-pressed', both);
}
const cause = () => { if (selected >= 0 && S[selected].byTask && S[selected].bySlice) goTo(S[selected].bySlice - 1); };
const effect = () => { const lets = selected >= 0 && woken.get(selected + 1); if (lets) goTo(lets[0]); };
function nameAxis() { $('axis').setAttribute('aria-pressed', byTime); $('axis').textContent = byTime ? 'Steps' : 'Time'; }
function setAxis() { byTime = !byTime; const u = selected; each(measure); nameAxis(); zoom = Math.max(zoom, fitZoom()); clamp(); if (u >= 0) select(u); else showAll(); }
function setFold() { fold = !fold; each(layOut); $('fold').setAttribute('aria-pressed', fold); resize(); }
function setTheme(theme) { root.dataset.theme = theme; readColors(); legend(); draw(); }

$('back').onclick = e => step(-1, e.shiftKey);
$('forward').onclick = e => step(1, e.shiftKey);
$('in').onclick = () => zoomBy(1.6, selected >= 0 ? X(U[selected]) : undefined);
$('out').onclick = () => zoomBy(1 / 1.6);
$('all').onclick = showAll;
$('axis').onclick = setAxis;
$('fold').onclick = setFold;
$('culprit').onclick = nextDeparture;
$('other').onclick = changeRun;
$('both').onclick = setBoth;
$('theme').onclick = () => setTheme(root.dataset.theme === 'dark' ? 'light' : 'dark');
$('keys').onclick = () => $('help').showModal();
$('search').oninput = e => search(e.target.value);
$('search').onkeydown = e => { if (e.key === 'Enter') nextMatch(e.shiftKey ? -1 : 1); if (e.key === 'Escape') { e.target.value = ''; search(''); canvas.focus(); } e.stopPropagation(); };
document.onkeydown = e => {
  if (e.ctrlKey || e.metaKey || e.altKey || $('help').open) return;
  const keys = {ArrowLeft: () => step(-1, e.shiftKey), ArrowRight: () => step(1, e.shiftKey), ArrowUp: cause, ArrowDown: effect, '+': () => $('in').click(), '=': () => $('in').click(), '-': () => zoomBy(1 / 1.6),
    0: showAll, Home: () => goTo(0), End: () => goTo(N - 1), c: nextDeparture, p: changeRun, b: setBoth, n: () => nextMatch(1), N: () => nextMatch(-1), t: setAxis, e: setFold, '/': () => $('search').focus(), '?': () => $('help').showModal(), Escape: () => select(-1)};
  if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
};
window.onhashchange = () => {
  const place = location.hash, slice = /slice=(\d+)/.exec(place);
  if (/[#&]passing/.test(place) !== isPassing()) changeRun();
  if (/[#&]time/.test(place) !== byTime) setAxis();
  if (slice && +slice[1] - 1 !== selected) goTo(+slice[1] - 1);
};
canvas.addEventListener('wheel', e => {
  e.preventDefault();
  if (e.shiftKey) { each(() => { y0 += e.deltaY; }); clamp(); draw(); }
  else if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) { x0 += e.deltaX / zoom; clamp(); draw(); }
  else zoomBy(Math.exp(-e.deltaY / 300), e.offsetX);
}, {passive: false});

const fingers = new Map();
let moved = 0;
canvas.onpointerdown = e => { canvas.setPointerCapture(e.pointerId); fingers.set(e.pointerId, [e.offsetX, e.offsetY]); moved = 0; };
canvas.onpointermove = e => {
  const before = fingers.get(e.pointerId);
  if (!before) return;
  const dx = e.offsetX - before[0], dy = e.offsetY - before[1];
  moved += Math.abs(dx) + Math.abs(dy);
  if (fingers.size === 2) {
    const [other] = [...fingers].filter(([id]) => id !== e.pointerId).map(([, p]) => p);
    const was = Math.abs(before[0] - other[0]), is = Math.abs(e.offsetX - other[0]);
    if (was > 20 && is > 20) zoomBy(is / was, (e.offsetX + other[0]) / 2);
  } else if (moved > 4) { x0 -= dx / zoom; each(() => { y0 -= dy; }); clamp(); draw(); }
  fingers.set(e.pointerId, [e.offsetX, e.offsetY]);
};
canvas.onpointerup = e => {
  fingers.delete(e.pointerId);
  if (moved > 4) return;
  const view = shown().findLast(v => e.offsetY >= v.offset);
  if (view !== now) { focus(view); nameRun(); }
  select(hit(e.offsetX, e.offsetY - now.offset), false);
};
canvas.onpointercancel = e => fingers.delete(e.pointerId);

/** The slice of the lane that is nearest to a point, if it is near; or whose wait that is. */
function hit(x, y) {
  if (x < gutter || y < TOP) return -1;
  const row = Math.floor((y - TOP + y0) / laneHeight), lane = lanes[row], u = x0 + (x - gutter) / zoom;
  if (!lane || !lane.tasks) return -1;
  let best = -1;
  for (const t of lane.tasks) {
    if (u < U[t.first] - 4 / zoom) continue;
    let lo = 0, hi = t.slices.length;
    while (lo < hi) { const mid = (lo + hi) >> 1; if (U[t.slices[mid]] <= u + 2 / zoom) lo = mid + 1; else hi = mid; }
    const i = t.slices[Math.max(0, lo - 1)];
    if (best < 0 || U[i] > U[best]) best = i;
  }
  return best;
}

const mapTo = e => { const box = map.getBoundingClientRect(); x0 = (e.clientX - box.left) / box.width * total - (W - gutter) / zoom / 2; clamp(); draw(); };
map.onpointerdown = e => { map.setPointerCapture(e.pointerId); mapTo(e); };
map.onpointermove = e => { if (e.buttons) mapTo(e); };

function legend() {
  const used = new Set(runs.flatMap(run => run.S).filter(s => s.waits).map(group));
  const words = {lock: 'lock, condition or semaphore', monitor: 'monitor', queue: 'queue or work', sleep: 'sleep', future: 'future, join or latch', socket: 'socket', outside: 'outside', other: 'park'};
  $('legend').innerHTML = (used.size ? 'Between bars it waits for: ' : '') + Object.keys(words).filter(k => used.has(k)).map(k => `<span><i style="background:var(--${k})"></i>${words[k]}</span>`).join('') + '<span><i class="ready"></i>could run</span>';
}

// ---- At last.

/** For whoever measures: how many milliseconds a frame takes. */
window.standstillPaint = () => { const began = performance.now(); paint(); g.getImageData(0, 0, 1, 1); return performance.now() - began; };

let themeBefore;
window.onbeforeprint = () => { themeBefore = root.dataset.theme; setTheme('light'); resize(); paint(); };
window.onafterprint = () => { setTheme(themeBefore); resize(); };

const dark = matchMedia('(prefers-color-scheme: dark)');
root.dataset.theme = dark.matches ? 'dark' : 'light';
dark.onchange = () => setTheme(dark.matches ? 'dark' : 'light');
readColors();
each(layOut);
each(measure);
both &&= views.reduce((sum, view) => sum + view.lanes.length, 0) <= 24;
$('other').hidden = $('both').hidden = views.length < 2;
nameRun();
$('fold').setAttribute('aria-pressed', fold);
nameAxis();
$('culprit').hidden = !departures.length;
const ran = [...tasks.values()].filter(t => t.slices.length).length, last = N ? S[N - 1].at : 0, passed = jumps.length ? Math.max(last, jumps[jumps.length - 1].to) : last;
$('summary').textContent = `${number(ran)} task${ran === 1 ? '' : 's'}, ${number(N)} slices, ${duration(passed)} of virtual time` + (end ? `; it ${OUTCOMES[end.outcome] || end.outcome}` : '') + '.';
legend();
zoom = 0;
new ResizeObserver(resize).observe(canvas);
resize();
zoom = fitZoom();
showOverview();
window.onhashchange();
paint();
paintMap();
requestAnimationFrame(() => requestAnimationFrame(() => { root.dataset.ready = 'true'; }));
})().catch(e => {
  document.getElementById('summary').textContent = 'The trace cannot be shown: ' + e.message;
  throw e;
});
