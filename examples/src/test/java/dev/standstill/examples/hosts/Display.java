package dev.standstill.examples.hosts;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.standstill.children.Child;
import dev.standstill.examples.ProgramRun;
import java.io.IOException;
import java.util.Map;

/** A screen that windows can be shown on, without anybody watching. */
final class Display implements AutoCloseable {

  private final Child server;
  private final String name;

  private Display(Child server, String name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Starts the X server that needs no screen. Without one the test is skipped, unless {@code
   * -Ddisplay=required} says that it must not be.
   */
  static Display open() throws Exception {
    boolean installed = Child.run(new ProcessBuilder("sh", "-c", "command -v Xvfb")).status() == 0;
    if (!installed && !"required".equals(System.getProperty("display"))) {
      return abort("Xvfb, which shows windows without a screen, is not installed.");
    }
    Child server =
        Child.start(new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24"));
    return new Display(server, ":" + server.readLine());
  }

  /** Runs a class in a JVM of its own, whose windows are shown here. */
  ProgramRun run(Class<?> main, String... arguments) throws Exception {
    return ProgramRun.java(Map.of("DISPLAY", name), main, arguments);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
