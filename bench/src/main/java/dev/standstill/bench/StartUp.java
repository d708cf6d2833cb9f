package dev.standstill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long a JVM takes that does nothing: from its start to its end. */
final class StartUp {

  private static final int STARTS = 10;

  private StartUp() {}

  /** Milliseconds of the fastest of some starts; others were disturbed. */
  static double measure(Contestant contestant, Effort effort) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(contestant.jvmArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), StartUp.class.getName()));
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < STARTS; i++) {
      long before = System.nanoTime();
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "The JVM of %s ended with status %d; see above.".formatted(contestant, status));
      }
      fastest = Math.min(fastest, System.nanoTime() - before);
    }
    return (double) fastest / TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** Does nothing. */
  static void main() {}
}
