package dev.standstill.notebook;

import java.util.List;
import java.util.Set;

/**
 * Writes an element for the output of a cell.
 *
 * <p>All colours are mixed from the page's own text colour, so they fit light and dark pages alike,
 * whichever way a front end switches. The class is named twice in each rule, to outdo the rules
 * that front ends have for tables. Without the style it is plain tables, marked by words. Front
 * ends take a dollar for the beginning of a formula, in all but {@code code} and {@code pre} and
 * what is of certain classes: those that MathJax 2 and 3 leave alone.
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
      .standstill.standstill code { margin: 0; padding: 0; background: transparent; border: 0; color: inherit;
        font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
      .standstill.standstill details { margin: .8em 0; border-left: 3px solid var(--line); padding-left: 12px; }
      .standstill.standstill summary { cursor: pointer; font-weight: 600; }
      .standstill.standstill details details summary { color: var(--quiet); font-weight: normal; }
      .standstill.standstill p.passed, .standstill.standstill tr.passed td:first-child, .standstill.standstill span.passed { color: var(--ok); }
      .standstill.standstill p.failed, .standstill.standstill tr.failed td:first-child, .standstill.standstill span.failed,
        .standstill.standstill pre.failed { color: var(--bad); }
      .standstill.standstill tr.failed td:nth-child(2) { font-weight: 600; }
      </style>
      """;

  private static final Set<String> INLINE = Set.of("span", "code");

  private final StringBuilder body = new StringBuilder();

  /** What has been written, with its style. */
  String page() {
    return "<div class=\"standstill tex2jax_ignore mathjax_ignore\">\n" + STYLE + body + "</div>";
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

  /** Writes a name, a frame, or another piece of a program. */
  void code(String text) {
    if (!text.isEmpty()) {
      element("code", "", () -> text(text));
    }
  }

  /** What writes a text. */
  Runnable textOf(String text) {
    return () -> text(text);
  }

  /** What writes a piece of a program. */
  Runnable codeOf(String text) {
    return () -> code(text);
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
    if (!INLINE.contains(tag) && !tag.startsWith("t")) {
      body.append('\n');
    }
  }

  /**
   * @param summary writes what is always shown
   * @param open whether it shows what is inside before the reader asks for it
   */
  void details(Runnable summary, boolean open, Runnable content) {
    body.append(open ? "<details open>" : "<details>");
    element("summary", "", summary);
    content.run();
    body.append("</details>\n");
  }

  void table(List<String> columns, Runnable rows) {
    element(
        "table",
        "",
        () -> {
          element(
              "thead",
              "",
              () -> element("tr", "", () -> columns.forEach(c -> element("th", "", textOf(c)))));
          element("tbody", "", rows);
        });
    body.append('\n');
  }

  /**
   * @param cells each writes what is in one cell
   */
  void row(String kind, Runnable... cells) {
    element(
        "tr",
        kind,
        () -> {
          for (Runnable cell : cells) {
            element("td", "", cell);
          }
        });
    body.append('\n');
  }
}
