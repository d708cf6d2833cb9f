package dev.standstill.explore.kept;

import dev.standstill.test.ReplayToken;
import dev.standstill.test.spi.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder with failures of explored programs: a folder in it for each program, a text file in that
 * for each failure. The same failure always gives the same file, so nothing in it tells when it was
 * found. What cannot be read or written is told in a sentence, and nothing else is lost.
 *
 * <p>Several JVMs may use a folder: a file appears as a whole or not at all.
 */
public final class FailureFolder {

  private static final String SUFFIX = ".failure";
  private static final String HEAD =
      "# A schedule under which the program fails. It is run first; delete this file to forget it.";
  private static final String PROGRAM = "program";
  private static final String OPTIONS = "options";
  private static final String FAILURE = "failure";
  private static final String TOKEN = "token";

  /** More letters make paths too long for some systems. */
  private static final int LONGEST_NAME = 60;

  private final Path folder;
  private final String program;
  private final String options;
  private final Consumer<String> problems;

  /**
   * Nothing is read or written yet.
   *
   * @param root where all programs have their folders; it need not exist
   * @param program what tells the program from others
   * @param options how it is explored: other failures are left alone, as their tokens mean
   *     something else
   * @param problems is told in a sentence what cannot be read or written
   */
  public FailureFolder(Path root, String program, String options, Consumer<String> problems) {
    this.folder = root.resolve(nameOf(program));
    this.program = program;
    this.options = options;
    this.problems = problems;
  }

  /** A name for a file system; those of two programs differ. */
  private static String nameOf(String program) {
    String name = program.replaceAll("[^A-Za-z0-9_.-]+", "-");
    String end = name.substring(Math.max(0, name.length() - LONGEST_NAME));
    return "%s-%08x".formatted(end.replaceAll("^[.-]+|[.-]+$", ""), program.hashCode());
  }

  /** Returns the failures of the program, in the order of their files' names. */
  public List<KeptFailure> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<KeptFailure> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .forEach(file -> read(file, found));
    } catch (IOException | RuntimeException e) {
      problems.accept(
          "The failures kept in %s could not be looked for: %s".formatted(folder, reason(e)));
    }
    return found;
  }

  private void read(Path file, List<KeptFailure> found) {
    try {
      Map<String, String> values = values(Files.readString(file));
      if (value(values, PROGRAM).equals(program) && value(values, OPTIONS).equals(options)) {
        ReplayToken token = ReplayToken.parse(value(values, TOKEN));
        found.add(new KeptFailure(file, value(values, FAILURE), token));
      }
    } catch (IOException | RuntimeException e) {
      problems.accept(
          "The kept failure %s is left out, as it cannot be read: %s Delete it if nobody needs it."
              .formatted(file, reason(e)));
    }
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && line.contains(": "))
        .forEach(line -> {
          int end = line.indexOf(": ");
          values.put(line.substring(0, end), line.substring(end + 2));
        });
    return values;
  }

  private static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("it has no line \"%s: …\"".formatted(key));
    }
    return value;
  }

  /**
   * Writes a failure down.
   *
   * @param failure how the program failed, in one line
   */
  public void keep(String failure, ReplayToken token) {
    Path file =
        folder.resolve(
            "%s-%08x%s".formatted(simpleName(failure), token.toString().hashCode(), SUFFIX));
    try {
      Files.createDirectories(folder);
      WholeFile.replace(file, text(failure, token), Files.createTempFile(folder, "new", ".tmp"));
    } catch (IOException | RuntimeException e) {
      problems.accept("The failure could not be kept in %s: %s".formatted(file, reason(e)));
    }
  }

  /** The class of the exception, with which the line begins, without its package. */
  private static String simpleName(String failure) {
    return failure.replaceAll("[^A-Za-z0-9_.$].*", "").replaceAll(".*[.$]", "");
  }

  private String text(String failure, ReplayToken token) {
    return String.join(
            "\n",
            HEAD,
            PROGRAM + ": " + program,
            OPTIONS + ": " + options,
            FAILURE + ": " + failure,
            TOKEN + ": " + token)
        + "\n";
  }

  /** Deletes a failure; the folder of the program, too, if it was the last. */
  public void forget(KeptFailure failure) {
    try {
      Files.deleteIfExists(failure.file());
      try (Stream<Path> left = Files.list(folder)) {
        if (left.findAny().isPresent()) {
          return;
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException | RuntimeException e) {
      problems.accept(
          "The kept failure %s could not be removed: %s".formatted(failure.file(), reason(e)));
    }
  }

  /** What went wrong, with a full stop; an exception of files often only names one. */
  private static String reason(Exception e) {
    String message = e.getMessage();
    String text =
        e instanceof IOException || message == null
            ? e.getClass().getSimpleName() + (message == null ? "" : ": " + message)
            : message;
    return text.endsWith(".") ? text : text + ".";
  }
}
