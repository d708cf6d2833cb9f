package dev.standstill.examples.hosts;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.standstill.examples.ProgramRun;
import java.io.IOException;
import java.util.Map;

/** A screen that windows can be shown on, without anybody watching. */
final class Display implements AutoCloseable {

  private final Process server;
  private final String name;

  private Display(Process server, String name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Starts the X server that needs no screen. Without one the test is skipped, unless {@code
   * -Ddisplay=required} says that it must not be.
   */
  static Display open() throws IOException {
    Process server;
    try {
      server =
          new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      if ("required".equals(System.getProperty("display"))) {
        throw e;
      }
      return abort("Xvfb, which shows windows without a screen, is not installed.");
    }
    return new Display(server, ":" + server.inputReader().readLine());
  }

  /** Runs a class in a JVM of its own, whose windows are shown here. */
  ProgramRun run(Class<?> main, String... arguments) throws Exception {
    return ProgramRun.java(Map.of("DISPLAY", name), main, arguments);
  }

  @Override
  public void close() {
    server.destroy();
  }
}
