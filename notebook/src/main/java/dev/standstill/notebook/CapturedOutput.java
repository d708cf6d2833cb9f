package dev.standstill.notebook;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what is printed to {@code System.out} and {@code System.err}, from its making until it is
 * closed; what is left then is printed after all. Tasks of the notebook's own loop print as ever.
 * Any thread may print.
 */
final class CapturedOutput implements AutoCloseable {

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private volatile boolean closed;

  CapturedOutput() {
    System.setOut(streamTo(out));
    System.setErr(streamTo(err));
  }

  /** What has been printed since the last call. */
  String take() {
    synchronized (captured) {
      String text = captured.toString(StandardCharsets.UTF_8);
      captured.reset();
      return text;
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
        synchronized (captured) {
          captured.write(bytes, offset, length);
        }
      }
    }
  }
}
