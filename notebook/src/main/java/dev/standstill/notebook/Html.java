package dev.standstill.notebook;

import java.util.List;

/**
 * Writes an element for the output of a cell.
 *
 * <p>All colours are mixed from the page's own text colour, so they fit light and dark pages alike,
 * whichever way a front end switches. The class is named twice in each rule, to outdo the rules
 * that front ends have for tables. Without the style it is plain tables, marked by words.
 */
final class Html {

  private static final String STYLE =
      """
      <style>
      .standstill.standstill { --ok: color-mix(in srgb, #14a33d 62%, currentColor);
        --bad: color-mix(in srgb, #e5342b 72%, currentColor);
        --quiet: color-mix(in srgb, currentColor 68%, transparent);
        --line: color-mix(in srgb, currentColor 18%, transparent);
        --shade: color-mix(in srgb, currentColor 5%, transparent);
        font-size: 13px; line-height: 1.45; }
      .standstill.standstill p { margin: .5em 0; }
      .standstill.standstill > p { font-size: 15px; font-weight: 600; }
      .standstill.standstill p.label { color: var(--quiet); margin: .8em 0 .2em; }
      .standstill.standstill table { border-collapse: collapse; margin: 0; border: 0; color: inherit; table-layout: auto; width: auto; }
      .standstill.standstill tr, .standstill.standstill tbody tr:nth-child(n), .standstill.standstill tbody tr:hover { background: transparent; }
      .standstill.standstill th, .standstill.standstill td { text-align: left; vertical-align: top; padding: 3px 16px 3px 0;
        border: 0; border-bottom: 1px solid var(--line); color: inherit; max-width: none; white-space: pre-wrap; }
      .standstill.standstill th { color: var(--quiet); font-weight: normal; }
      .standstill.standstill pre { margin: .3em 0; padding: .5em .8em; background: var(--shade); border-radius: 4px;
        white-space: pre-wrap; overflow-wrap: anywhere; color: inherit; font-size: 12px; }
      .standstill.standstill details { margin: .8em 0; border-left: 3px solid var(--line); padding-left: 12px; }
      .standstill.standstill summary { cursor: pointer; font-weight: 600; }
      .standstill.standstill details details summary { color: var(--quiet); font-weight: normal; }
      .standstill.standstill p.passed, .standstill.standstill tr.passed td:first-child, .standstill.standstill span.passed { color: var(--ok); }
      .standstill.standstill p.failed, .standstill.standstill tr.failed td:first-child, .standstill.standstill span.failed,
        .standstill.standstill pre.failed { color: var(--bad); }
      .standstill.standstill tr.failed td:nth-child(2) { font-weight: 600; }
      </style>
      """;

  private final StringBuilder body = new StringBuilder();

  /** What has been written, with its style. */
  String page() {
    return "<div class=\"standstill\">\n" + STYLE + body + "</div>";
  }

  void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> body.append("&amp;");
        case '<' -> body.append("&lt;");
        case '>' -> body.append("&gt;");
        default -> body.append(c);
      }
    }
  }

  /** Writes a picture, which is a whole element. */
  void picture(String element) {
    body.append(element).append('\n');
  }

  /**
   * @param kind the class for the style; empty for none
   * @param content writes what is inside
   */
  void element(String tag, String kind, Runnable content) {
    body.append('<').append(tag);
    body.append(kind.isEmpty() ? ">" : " class=\"" + kind + "\">");
    content.run();
    body.append("</").append(tag).append('>');
    if (!tag.equals("span") && !tag.startsWith("t")) {
      body.append('\n');
    }
  }

  /**
   * @param open whether it shows what is inside before the reader asks for it
   */
  void details(String summary, boolean open, Runnable content) {
    body.append(open ? "<details open>" : "<details>");
    element("summary", "", () -> text(summary));
    content.run();
    body.append("</details>\n");
  }

  void table(List<String> columns, Runnable rows) {
    element(
        "table",
        "",
        () -> {
          element("thead", "", () -> element("tr", "", () -> columns.forEach(c -> cell("th", c))));
          element("tbody", "", rows);
        });
    body.append('\n');
  }

  void row(String kind, String... cells) {
    element(
        "tr",
        kind,
        () -> {
          for (String cell : cells) {
            cell("td", cell);
          }
        });
    body.append('\n');
  }

  private void cell(String tag, String text) {
    element(tag, "", () -> text(text));
  }
}
