package dev.standstill.notebook.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file with the classes that a kernel has loaded and linked when it is ready, so that the next
 * one need not: the JDK's ahead-of-time cache ({@code -XX:AOTCache}, JEP 483 and 514). A JVM that
 * cannot use it, being another one, goes on without.
 */
final class StartupCache {

  /** Many times as long as it takes. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** The module of agents: a JVM with one takes no cache of a JVM without it. */
  private static final String MODULE_OF_AGENTS = "java.instrument";

  private final Path file;

  /**
   * @param directory in which the file is, or will be
   */
  StartupCache(Path directory) {
    file = directory.resolve("kernel.aot");
  }

  /** What {@code java} is told to use it. */
  String flag() {
    return "-XX:AOTCache=" + file;
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /**
   * Makes the file anew: a JVM rehearses the start of a kernel, without the agent, with which the
   * JDK writes none (Temurin 25.0.3 crashes). Where that does not work there is none.
   *
   * @param java the command
   * @param classPath the jars that kernels run on
   */
  void make(String java, List<Path> classPath) throws IOException {
    Files.deleteIfExists(file);
    Process rehearsal =
        new ProcessBuilder(
                java,
                "-XX:AOTCacheOutput=" + file,
                "--add-modules",
                MODULE_OF_AGENTS,
                "-cp",
                join(classPath),
                Rehearsal.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!endsWell(rehearsal)) {
      Files.deleteIfExists(file);
    }
  }

  private static boolean endsWell(Process process) {
    try {
      return process.waitFor(LIMIT) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  /** A class path as {@code java} takes it; the cache is for this one only. */
  static String join(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
