package dev.standstill.timeline;

import dev.standstill.test.Trace;
import dev.standstill.test.spi.JsonLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trace in the trace-event format: a process for each host, a thread for each task. As slices
 * have no width in virtual time, each takes ten microseconds, and each move of time as many; what
 * time it was is among the arguments. Used once.
 */
final class ChromeTrace {

  /** In microseconds. */
  private static final long WIDTH = 10;

  private static final String COMPLETE = "X";

  private final Trace trace;
  private final List<JsonLine> events = new ArrayList<>();
  private final Map<String, Integer> hosts = new LinkedHashMap<>();
  private final Map<Integer, Trace.Task> tasks = new HashMap<>();
  private final Set<String> program;

  /** When each slice begins, by its number. */
  private final long[] begins;

  private long end;
  private int flows;

  ChromeTrace(Trace trace) {
    this.trace = trace;
    this.program = Set.copyOf(trace.program());
    this.begins = new long[trace.slices().size() + 2];
    trace.tasks().forEach(task -> tasks.put(task.id(), task));
  }

  String text() {
    nameTracks();
    addJumps();
    addSlices();
    addMessages();
    StringBuilder text = new StringBuilder("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
    for (int i = 0; i < events.size(); i++) {
      text.append(events.get(i)).append(i + 1 < events.size() ? ",\n" : "\n");
    }
    return text.append("]}\n").toString();
  }

  private JsonLine event(String phase, String name, int process, int thread) {
    JsonLine event =
        new JsonLine()
            .text("ph", phase)
            .text("name", name)
            .number("pid", process)
            .number("tid", thread);
    events.add(event);
    return event;
  }

  private int process(String host) {
    return hosts.computeIfAbsent(host, key -> hosts.size() + 1);
  }

  private int process(int task) {
    Trace.Task known = tasks.get(task);
    return process(known == null ? "" : known.host());
  }

  private void nameTracks() {
    for (Trace.Task task : trace.tasks()) {
      boolean isNew = !hosts.containsKey(task.host());
      int process = process(task.host());
      if (isNew) {
        event("M", "process_name", process, 0)
            .object(
                "args",
                new JsonLine().text("name", task.host().isEmpty() ? trace.loop() : task.host()));
      }
      event("M", "thread_name", process, task.id())
          .object("args", new JsonLine().text("name", task.name()));
      event("M", "thread_sort_index", process, task.id())
          .object("args", new JsonLine().number("sort_index", task.id()));
    }
    if (!trace.jumps().isEmpty()) {
      event("M", "thread_name", 1, 0)
          .object("args", new JsonLine().text("name", "virtual time moves"));
    }
  }

  /** Finds out when slices begin, and adds the moves of time in between. */
  private void addJumps() {
    int next = 0;
    long at = 0;
    for (Trace.Slice slice : trace.slices()) {
      while (next < trace.jumps().size() && trace.jumps().get(next).after() < slice.number()) {
        at = add(trace.jumps().get(next++), at);
      }
      begins[(int) slice.number()] = at;
      at += WIDTH;
    }
    while (next < trace.jumps().size()) {
      at = add(trace.jumps().get(next++), at);
    }
    end = at;
  }

  private long add(Trace.Jump jump, long at) {
    Duration passed = jump.to().minus(jump.from());
    event(COMPLETE, Words.of(passed), 1, 0)
        .text("cat", "time")
        .number("ts", at)
        .number("dur", WIDTH);
    return at + WIDTH;
  }

  private void addSlices() {
    Map<Integer, Trace.Slice> last = new HashMap<>();
    Map<Integer, Long> first = new LinkedHashMap<>();
    for (Trace.Slice slice : trace.slices()) {
      long begin = begins[(int) slice.number()];
      first.putIfAbsent(slice.task(), begin);
      addWait(last.put(slice.task(), slice), begin);
      addSlice(slice, begin);
      addFlow(slice, begin);
    }
    first.forEach((task, begin) -> {
      Trace.Slice ending = last.get(task);
      if (ending != null) {
        long stop = ending.ended() ? begins[(int) ending.number()] + WIDTH : end;
        addWait(ending, end);
        event(COMPLETE, ending.name(), process(task), task)
            .text("cat", "task")
            .number("ts", begin)
            .number("dur", stop - begin);
      }
    });
    trace.failures().forEach(this::add);
    trace.departures().forEach(this::add);
  }

  private void addSlice(Trace.Slice slice, long begin) {
    String line = Words.line(slice.stack(), program);
    event(
            COMPLETE,
            line.isEmpty() ? "runs" : "runs to " + line,
            process(slice.task()),
            slice.task())
        .text("cat", "slice")
        .number("ts", begin)
        .number("dur", WIDTH)
        .object(
            "args",
            new JsonLine()
                .number("slice", slice.number())
                .text("virtual time", slice.time().toString())
                .text("chosen", "%d of %d".formatted(slice.choice() + 1, slice.ready())));
  }

  /** What a task has waited for since its last slice. */
  private void addWait(Trace.@Nullable Slice before, long until) {
    if (before == null || before.then() == null) {
      return;
    }
    long from = begins[(int) before.number()] + WIDTH;
    if (until > from) {
      event(COMPLETE, Words.waits(before.then()), process(before.task()), before.task())
          .text("cat", "wait")
          .number("ts", from)
          .number("dur", until - from);
    }
  }

  /** An arrow from the slice of whoever has let a task go on to that of the task. */
  private void addFlow(Trace.Slice slice, long begin) {
    Trace.Cause cause = slice.cause();
    if (cause == null
        || cause.task() == 0
        || cause.slice() < 1
        || cause.slice() >= slice.number()) {
      return;
    }
    String name = TraceWriter.name(cause.by());
    int number = ++flows;
    long from = begins[(int) cause.slice()] + WIDTH - 1;
    flow("s", name, number, cause.task(), from);
    flow("f", name, number, slice.task(), begin).text("bp", "e");
  }

  private JsonLine flow(String phase, String name, int number, int task, long at) {
    return event(phase, name, process(task), task)
        .text("cat", "wakes")
        .number("id", number)
        .number("ts", at);
  }

  private void addMessages() {
    for (Trace.Message message : trace.messages()) {
      Trace.Slice sender = slice(message.slice());
      if (sender == null) {
        continue;
      }
      long at = begins[(int) message.slice()] + WIDTH - 1;
      String what = message.what().isEmpty() ? "message" : message.what();
      Trace.Slice receiver = receiver(message);
      if (receiver == null) {
        instant("lost: " + what, sender.task(), at);
      } else {
        int number = ++flows;
        flow("s", what, number, sender.task(), at);
        flow("f", what, number, receiver.task(), begins[(int) receiver.number()]).text("bp", "e");
      }
    }
  }

  /** The first slice on the host that a message comes to, once it is there. */
  private Trace.@Nullable Slice receiver(Trace.Message message) {
    Duration arrives = message.arrives();
    if (arrives == null) {
      return null;
    }
    for (long number = message.slice() + 1; number <= trace.slices().size(); number++) {
      Trace.Slice slice = trace.slices().get((int) number - 1);
      Trace.Task task = tasks.get(slice.task());
      if (slice.time().compareTo(arrives) >= 0
          && task != null
          && task.host().equals(message.to())) {
        return slice;
      }
    }
    return null;
  }

  private Trace.@Nullable Slice slice(long number) {
    return number < 1 || number > trace.slices().size()
        ? null
        : trace.slices().get((int) number - 1);
  }

  private void add(Trace.Failure failure) {
    Trace.Slice slice = slice(failure.slice());
    if (slice != null) {
      instant(failure.text(), slice.task(), begins[(int) failure.slice()] + WIDTH - 1);
    }
  }

  private void add(Trace.Departure made) {
    if (slice(made.slice()) != null) {
      int task = made.isSwitch() ? made.after() : made.task();
      instant("decides: " + made.text(), task, begins[(int) made.slice()]);
    }
  }

  private void instant(String name, int task, long at) {
    event("i", name, process(task), task).number("ts", at).text("s", "t");
  }
}
