package dev.standstill.test.suite;

/** What all pages have in common: how they look, and how their tables are sorted. */
final class HtmlPage {

  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Tests on loops</title>
      <style>
      :root { --ink: #1b1f24; --soft: #57606a; --page: #ffffff; --card: #f3f5f7; --line: #d0d7de; --bad: #b42318; --link: #0b5cad }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6edf3; --soft: #9aa5b1; --page: #0f1419; --card: #1a2129; --line: #37414b; --bad: #ff8a7a; --link: #7cc0ff }
      }
      * { box-sizing: border-box }
      body { margin: 0 auto; padding: 1.5rem; max-width: 75rem; color: var(--ink); background: var(--page); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
      h1 { margin: 0 0 .25rem; font-size: 1.75rem }
      h2 { margin: 2rem 0 .25rem; font-size: 1.25rem }
      p { margin: .25rem 0 .75rem; max-width: 50rem }
      small, .count, dt { color: var(--soft) }
      small { font-size: .8125rem }
      .count { font-size: 1rem; font-weight: normal }
      .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1rem 0 }
      .tiles div { padding: .75rem 1rem; border-radius: .5rem; background: var(--card) }
      dt { font-size: .875rem }
      dd { margin: 0; font-size: 1.375rem; font-weight: 600 }
      .tests { padding: 0; list-style: none }
      .tests > li { padding: .75rem 1rem; margin: .5rem 0; border-left: .25rem solid var(--line); background: var(--card) }
      .tests ul, .tests p { margin: .25rem 0 0 }
      summary { cursor: pointer }
      pre { margin: .5rem 0 0; overflow-x: auto; font-size: .8125rem }
      .wide { overflow-x: auto }
      table { width: 100%; border-collapse: collapse }
      caption { padding-bottom: .5rem; text-align: left; color: var(--soft) }
      th, td { padding: .375rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal }
      thead th { position: sticky; top: 0; background: var(--page); white-space: nowrap }
      tbody th { min-width: 20rem }
      .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
      thead th:nth-child(n + 3) { text-align: right }
      tbody td { white-space: nowrap }
      .failed { color: var(--bad); font-weight: 600 }
      button { padding: 0; border: 0; background: none; color: var(--link); font: inherit; font-weight: 600; cursor: pointer }
      [aria-sort] button::after { content: ""; display: inline-block; margin-left: .375rem; border: .3125rem solid transparent }
      [aria-sort="ascending"] button::after { border-bottom-color: currentColor; vertical-align: .125rem }
      [aria-sort="descending"] button::after { border-top-color: currentColor; vertical-align: -.1875rem }
      input { padding: .25rem .5rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--page); color: inherit; font: inherit }
      :focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
      </style>
      </head>
      <body>
      <main>
      """;

  static final String END =
      """
      </main>
      <script>
      const table = document.querySelector('table');
      const body = table.tBodies[0];
      const headings = [...table.tHead.rows[0].cells];
      const valueOf = (row, column) => {
        const cell = row.cells[column];
        return 'value' in cell.dataset ? Number(cell.dataset.value) : cell.textContent;
      };
      headings.forEach((heading, column) => heading.querySelector('button').addEventListener('click', () => {
        const numbers = 'value' in (body.rows[0]?.cells[column]?.dataset ?? {});
        const before = heading.getAttribute('aria-sort');
        const descending = before ? before === 'ascending' : numbers;
        const compare = (a, b) => numbers ? a - b : a.localeCompare(b);
        const rows = [...body.rows].sort((a, b) => {
          const order = compare(valueOf(a, column), valueOf(b, column));
          return descending ? -order : order;
        });
        headings.forEach(other => other.removeAttribute('aria-sort'));
        heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        body.append(...rows);
      }));
      document.getElementById('filter').addEventListener('input', event => {
        const wanted = event.target.value.toLowerCase();
        for (const row of body.rows) {
          row.hidden = !row.textContent.toLowerCase().includes(wanted);
        }
      });
      </script>
      </body>
      </html>
      """;

  private HtmlPage() {}
}
