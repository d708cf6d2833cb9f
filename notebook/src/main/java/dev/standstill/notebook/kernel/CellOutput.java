package dev.standstill.notebook.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What cells print, shown some times a second and not line by line: a notebook server passes on so
 * many messages a second, and so many bytes, and drops the rest (Jupyter's 1,000 and 1 MB, {@code
 * iopub_msg_rate_limit} and {@code iopub_data_rate_limit}). What a cell prints beyond a limit is
 * left out, and a sentence says so.
 *
 * <p>Any thread may print. None waits for one that shows: what tasks of a test loop do after they
 * have printed must not depend on real time.
 */
final class CellOutput {

  /** A stream of the process. */
  enum Kind {
    OUT,
    ERR
  }

  /** Text that was printed to one of the streams. */
  record Piece(Kind kind, String text) {}

  private record Gathered(Kind kind, StringBuilder text) {
    Piece piece() {
      return new Piece(kind, text.toString());
    }
  }

  /** How much a cell shows, in characters. */
  static final int LIMIT = 1_000_000;

  private static final String CUT =
      "%n[Cut here: a cell shows the first %,d characters that it prints. Write more to a file.]%n"
          .formatted(LIMIT);

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** As many pieces at a time keep the order between the two streams. */
  private static final int PIECES = 16;

  private final Queue<Piece> printed = new ConcurrentLinkedQueue<>();
  private final AtomicLong length = new AtomicLong();
  private final PrintStream out =
      new PrintStream(new Gathering(Kind.OUT), false, StandardCharsets.UTF_8);
  private final PrintStream err =
      new PrintStream(new Gathering(Kind.ERR), false, StandardCharsets.UTF_8);

  private volatile @Nullable Consumer<Piece> screen;

  /** Takes the place of standard output. */
  PrintStream out() {
    return out;
  }

  /** Takes the place of standard error. */
  PrintStream err() {
    return err;
  }

  /** Shows what is printed, from now on and as long as the process lives. */
  void start() {
    Thread.ofPlatform().daemon().name("cell output").start(this::showAgainAndAgain);
  }

  /**
   * A cell begins.
   *
   * @param newScreen takes what is printed until the next one begins
   */
  void begin(Consumer<Piece> newScreen) {
    show();
    length.set(0);
    screen = newScreen;
  }

  /** Shows what has been printed until now. */
  synchronized void show() {
    Consumer<Piece> current = screen;
    if (current != null) {
      gathered().forEach(current);
    }
  }

  private void showAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        show();
      }
    } catch (InterruptedException e) {
      show();
    }
  }

  /** What has been printed, in few pieces. */
  private List<Piece> gathered() {
    List<Gathered> pieces = new ArrayList<>();
    for (Piece piece = printed.poll(); piece != null; piece = printed.poll()) {
      pieceFor(piece.kind(), pieces).text().append(piece.text());
    }
    return pieces.stream().map(Gathered::piece).toList();
  }

  /** The last piece, or one that is added; beyond some, the last of the same stream. */
  private static Gathered pieceFor(Kind kind, List<Gathered> pieces) {
    for (Gathered piece : pieces.reversed()) {
      if (piece.kind() == kind) {
        return piece;
      }
      if (pieces.size() < PIECES) {
        break;
      }
    }
    Gathered added = new Gathered(kind, new StringBuilder());
    pieces.add(added);
    return added;
  }

  private void print(Kind kind, String text) {
    long before = length.getAndAdd(text.length());
    if (before + text.length() <= LIMIT) {
      printed.add(new Piece(kind, text));
    } else if (before <= LIMIT) {
      printed.add(new Piece(kind, text.substring(0, Math.toIntExact(LIMIT - before)) + CUT));
    }
  }

  /** Confined to whoever holds the lock of the stream that prints into it. */
  private final class Gathering extends OutputStream {

    private final Kind kind;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The beginning of a character whose end has not been written yet. */
    private byte[] begun = {};

    Gathering(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      ByteBuffer octets = ByteBuffer.allocate(begun.length + count);
      octets.put(begun).put(bytes, offset, count).flip();
      CharBuffer text = CharBuffer.allocate(octets.remaining());
      decoder.reset().decode(octets, text, false);
      begun = new byte[octets.remaining()];
      octets.get(begun);
      if (text.position() > 0) {
        print(kind, text.flip().toString());
      }
    }
  }
}
