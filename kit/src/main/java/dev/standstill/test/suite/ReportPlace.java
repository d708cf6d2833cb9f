package dev.standstill.test.suite;

import dev.standstill.test.spi.BuildFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a report of the suite, and where its page goes. Immutable.
 *
 * @param wanted whether there is one at all
 * @param page the file of the page; null for none
 */
record ReportPlace(boolean wanted, @Nullable Path page) {

  /** The configuration parameter. */
  static final String PARAMETER = "standstill.report";

  private static final String NAME = "suite.html";

  /**
   * Reads what the parameter says.
   *
   * @param text {@code true}, {@code none}, or the name of a file; empty if it is not there
   * @param onLoops whether tests run on loops without an annotation, so that there is a report
   *     unless the parameter says otherwise
   * @throws IllegalArgumentException if it cannot be read
   */
  static ReportPlace of(Optional<String> text, boolean onLoops) {
    String place = text.map(String::strip).orElse(onLoops ? "true" : "none");
    return switch (place) {
      case "none", "false" -> new ReportPlace(false, null);
      case "true" ->
          new ReportPlace(
              true, BuildFolder.find().map(folder -> folder.resolve(NAME)).orElse(null));
      default -> new ReportPlace(true, file(place));
    };
  }

  private static Path file(String place) {
    if (!place.endsWith(".html")) {
      throw new IllegalArgumentException(
          "%s = \"%s\" cannot be read: write none, true, or the name of a file that ends with .html. The report goes where it would go without it."
              .formatted(PARAMETER, place));
    }
    return Path.of(place);
  }
}
