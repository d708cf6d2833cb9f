package dev.standstill.checks;

import dev.standstill.children.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A copy of this repository as it is now, with nothing that was built, to build it elsewhere. */
final class Clone {

  /** A build without tests takes a few minutes on a quiet machine. */
  private static final Duration LIMIT = Duration.ofHours(1);

  private final Path directory;

  private Clone(Path directory) {
    this.directory = directory;
  }

  /** Copies the files that git knows, or would know if they were added. */
  static Clone in(Path directory) throws IOException, InterruptedException {
    Child.Result files =
        Child.run(
            new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                .directory(Repository.root().toFile()));
    for (String name : files.out().lines().toList()) {
      Path file = Repository.root().resolve(name);
      if (Files.exists(file)) {
        Path copy = directory.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new Clone(directory);
  }

  Path directory() {
    return directory;
  }

  /** Gives the copy another version, as a release does. */
  Clone version(String version) throws IOException, InterruptedException {
    run(Map.of(), List.of("tools/set-version", version, "2026-01-02"));
    return this;
  }

  /**
   * Runs Maven without tests; fails if that fails.
   *
   * @param environment is added to that of this JVM
   */
  void mvn(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "--fail-at-end", // tells all that is wrong
                "-Dmaven.repo.local=" + LocalRepository.machines(),
                "-Dmaven.test.skip",
                "-Djacoco.skip",
                "-Dspotless.check.skip"));
    command.addAll(List.of(arguments));
    run(environment, command);
  }

  private void run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).environment().putAll(environment);
    Child.Result result = Child.run(builder, LIMIT);
    if (result.status() != 0) {
      throw new AssertionError(
          "%s ended with %d: %s".formatted(command, result.status(), result.out()));
    }
  }
}
