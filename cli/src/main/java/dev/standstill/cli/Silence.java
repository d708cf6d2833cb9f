package dev.standstill.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What a program prints would be printed thousands of times; so it is not, until this is closed.
 */
final class Silence implements AutoCloseable {

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private Silence() {}

  static Silence begin() {
    Silence silence = new Silence();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    return silence;
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
