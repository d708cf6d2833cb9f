package dev.standstill.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie in this repository. */
final class Repository {

  /** The modules that programs depend on, in the order in which Maven builds them. */
  static final List<String> LIBRARIES =
      List.of(
          "agent",
          "loop",
          "kit",
          "network",
          "timeline",
          "explore",
          "campaigns",
          "jdbc",
          "junit",
          "spring",
          "kotlin",
          "junit4",
          "testng",
          "notebook",
          "hosts/netty",
          "hosts/vertx",
          "micrometer");

  /** The modules that are published as jars, in the order in which Maven builds them. */
  static final List<String> PUBLISHED =
      Stream.concat(LIBRARIES.stream(), Stream.of("cli", "maven-plugin")).toList();

  /** The modules with code of their own, in the order in which Maven builds them. */
  static final List<String> MODULES =
      Stream.concat(PUBLISHED.stream(), Stream.of("examples", "examples/spring", "bench")).toList();

  private static final Path ROOT = findRoot();

  private Repository() {}

  static Path root() {
    return ROOT;
  }

  static Path classesOf(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }

  /** Returns where the sources lie that pages show. */
  static List<Path> exampleSources() {
    return Stream.of("examples", "examples/spring", "junit4", "testng")
        .map(module -> ROOT.resolve(module).resolve("src"))
        .toList();
  }

  /** The tests that show how the module for Kotlin is used. */
  static Path kotlinSources() {
    return ROOT.resolve("kotlin/src");
  }

  /** Returns the pages whose code and output are checked: README.md and everything in docs/. */
  static List<Path> pages() {
    return Stream.concat(
            Stream.of(ROOT.resolve("README.md")).filter(Files::exists),
            filesBelow(ROOT.resolve("docs")).stream().filter(file -> hasExtension(file, ".md")))
        .toList();
  }

  /**
   * Returns the files below a directory in order of their names; none if there is no such
   * directory.
   */
  static List<Path> filesBelow(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasExtension(Path file, String extension) {
    return file.getFileName().toString().endsWith(extension);
  }

  /** Surefire starts the tests in the module's directory, an IDE perhaps in the root. */
  private static Path findRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(directory.resolve("standstill"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException(
            "No directory above "
                + Path.of("").toAbsolutePath()
                + " holds the launcher, standstill.");
      }
    }
    return directory;
  }
}
