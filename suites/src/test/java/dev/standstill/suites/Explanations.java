package dev.standstill.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The table of tests that cannot pass on loops, with the reason for each. It stands in a page of
 * the documentation, and nowhere else.
 *
 * @param rows its rows
 */
record Explanations(List<Row> rows) {

  /**
   * One row.
   *
   * @param suite the suite's name, for all ways to run it, or that of one way: with a comma behind
   *     it
   * @param test a test, or a class for all its tests
   * @param reason why it fails there
   */
  record Row(String suite, String test, String reason) {

    boolean isAbout(String suiteName, String testName) {
      return (suite.equals(suiteName) || suiteName.startsWith(suite + ","))
          && (testName.equals(test) || testName.startsWith(test + "."));
    }
  }

  private static final Path PAGE = Path.of("../docs/foreign-suites.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+) \\| `([\\w.]+)` \\| (.+) \\|$", Pattern.MULTILINE);

  static Explanations ofPage() throws IOException {
    return in(Files.readString(PAGE));
  }

  static Explanations in(String page) {
    return new Explanations(
        ROW.matcher(page)
            .results()
            .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
            .toList());
  }

  boolean explain(String suite, String test) {
    return rows.stream().anyMatch(row -> row.isAbout(suite, test));
  }
}
