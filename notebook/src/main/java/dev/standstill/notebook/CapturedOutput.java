package dev.standstill.notebook;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what is printed to {@code System.out} and {@code System.err}, from its making until it is
 * closed; what is left then is printed after all. Tasks of the notebook's own loop print as ever.
 * Megabytes are cut, and a sentence says so: the result of a run goes to its reader in one message.
 * Any thread may print.
 */
final class CapturedOutput implements AutoCloseable {

  /** How many bytes are kept of what a test prints. */
  static final int LIMIT_OF_TEST = 100_000;

  /** How many bytes are kept of what all tests of a run print. */
  static final int LIMIT_OF_RUN = 500_000;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  /** What is kept since the last call of {@link #take}. It guards the two numbers below, too. */
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

  /** How many bytes were printed beyond a limit since that call. */
  private long cut;

  /** How many bytes may still be kept. */
  private int left = LIMIT_OF_RUN;

  private volatile boolean closed;

  CapturedOutput() {
    System.setOut(streamTo(out));
    System.setErr(streamTo(err));
  }

  /** What has been printed since the last call. */
  String take() {
    synchronized (captured) {
      String text = captured.toString(StandardCharsets.UTF_8) + (cut > 0 ? sentence() : "");
      captured.reset();
      cut = 0;
      return text;
    }
  }

  private String sentence() {
    return "%n[Cut here: %,d bytes more were printed. A result shows the first %,d bytes of each test, and %,d of all.]%n"
        .formatted(cut, LIMIT_OF_TEST, LIMIT_OF_RUN);
  }

  private void keep(byte[] bytes, int offset, int length) {
    synchronized (captured) {
      int kept = Math.min(length, Math.min(left, LIMIT_OF_TEST - captured.size()));
      captured.write(bytes, offset, kept);
      left -= kept;
      cut += length - kept;
    }
  }

  @Override
  public void close() {
    closed = true; // A kernel that has replaced the streams meanwhile may put these back.
    System.setOut(out);
    System.setErr(err);
    out.print(take());
  }

  private PrintStream streamTo(PrintStream usual) {
    return new PrintStream(new Router(usual), true, StandardCharsets.UTF_8);
  }

  private final class Router extends OutputStream {

    private final PrintStream usual;

    Router(PrintStream usual) {
      this.usual = usual;
    }

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (closed || NotebookLoop.isCurrentThreadOnIt()) {
        usual.write(bytes, offset, length);
        usual.flush();
      } else {
        keep(bytes, offset, length);
      }
    }
  }
}
