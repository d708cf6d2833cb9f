package dev.standstill.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the classes of a program are. As for the {@code java} command, {@code lib/*} stands for all
 * jars of a directory, nothing for the working directory, and what does not exist is left out.
 *
 * @param entries directories and jars
 */
record ClassPath(List<Path> entries) {

  /** The class path with which the JVM was started. */
  static ClassPath ofJvm() {
    return parse(System.getProperty("java.class.path", ""));
  }

  static ClassPath parse(String path) {
    return new ClassPath(
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(entry -> entry.isEmpty() ? "." : entry)
            .flatMap(ClassPath::expand)
            .filter(Files::exists)
            .toList());
  }

  private static Stream<Path> expand(String entry) {
    return entry.equals("*") || entry.endsWith(File.separator + "*")
        ? jarsIn(Path.of(entry.substring(0, entry.length() - 1)))
        : Stream.of(Path.of(entry));
  }

  private static Stream<Path> jarsIn(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(jar|JAR)"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URL[] urls() {
    return entries.stream().map(ClassPath::url).toArray(URL[]::new);
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
