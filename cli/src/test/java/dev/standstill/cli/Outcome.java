package dev.standstill.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * How a command ended.
 *
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Outcome(int exitCode, String out, String err) {

  /** Runs a command in this JVM. */
  static Outcome of(Object... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Main.execute(toStrings(args));
      return new Outcome(exitCode, text(out), text(err));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  private static String[] toStrings(Object... args) {
    String[] strings = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      strings[i] = args[i].toString();
    }
    return strings;
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
