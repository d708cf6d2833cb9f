package dev.standstill.junit.flakes;

import dev.standstill.test.spi.JsonReader;
import dev.standstill.test.spi.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The file in which findings are kept from one search for the next: a line of JSON for each test.
 * Several JVMs may use it, as builds run tests in several: each puts its own lines into what is
 * there, and who reads sees all of it. What cannot be read or written is told in a sentence.
 */
final class ResultsFile {

  /** Threads of one JVM must not wait for a lock of the file that another of them has. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path folder;
  private final Path file;
  private final Consumer<String> problems;

  ResultsFile(Path folder, Consumer<String> problems) {
    this.folder = folder;
    this.file = folder.resolve("flakes.jsonl");
    this.problems = problems;
  }

  Path path() {
    return file;
  }

  /** What earlier searches have found, by JUnit's names of the tests. */
  Map<String, Finding> read() {
    Map<String, Finding> findings = new TreeMap<>();
    try {
      if (Files.exists(file)) {
        Files.readString(file)
            .lines()
            .filter(line -> !line.isBlank())
            .forEach(line -> read(line, findings));
      }
    } catch (IOException | RuntimeException e) {
      problems.accept(
          "What earlier searches for flaky tests have found is left out, as %s cannot be read: %s"
              .formatted(file, e));
    }
    return findings;
  }

  private void read(String line, Map<String, Finding> findings) {
    try {
      Finding finding = Finding.of(JsonReader.read(line));
      findings.put(finding.id(), finding);
    } catch (IllegalArgumentException e) {
      problems.accept(
          "A line of %s is left out, because it %s: %s".formatted(file, e.getMessage(), line));
    }
  }

  /** Puts {@code findings} in place of what the file has of the same tests. */
  void write(Collection<Finding> findings) {
    synchronized (ONE_AT_A_TIME) {
      try {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(
                    folder.resolve("flakes.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock _ = channel.lock()) {
          Map<String, Finding> all = read();
          findings.forEach(finding -> all.put(finding.id(), finding));
          WholeFile.replace(
              file,
              all.values().stream()
                  .map(finding -> finding.toJson() + "\n")
                  .collect(Collectors.joining()),
              Files.createTempFile(folder, "flakes", ".tmp"));
        }
      } catch (IOException | RuntimeException e) {
        problems.accept(
            "What was found of flaky tests could not be kept in %s: %s".formatted(file, e));
      }
    }
  }
}
