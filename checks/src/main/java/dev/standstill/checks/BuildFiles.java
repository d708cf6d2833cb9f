package dev.standstill.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The build files that pages may show: whole ones, and lines of one that follow each other. */
final class BuildFiles {

  /** How the names of files in a language end. */
  static final Map<String, String> ENDINGS =
      Map.of("xml", ".xml", "kotlin", ".kts", "groovy", ".gradle", "dockerfile", "Dockerfile");

  private final List<Path> files;

  /** Reads the files below a directory, such as {@code examples/builds}. */
  BuildFiles(Path directory) {
    this.files = Repository.filesBelow(directory);
  }

  /** Tells whether a file in this language reads like this, or some lines of one. */
  boolean show(String language, String text) {
    String wanted = normalized(text);
    return files.stream()
        .filter(file -> file.toString().endsWith(ENDINGS.get(language)))
        .anyMatch(file -> normalized(Repository.read(file)).contains(wanted));
  }

  /** Without indentation, which differs where part of a file is shown. */
  private static String normalized(String text) {
    return text.strip().lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
  }
}
