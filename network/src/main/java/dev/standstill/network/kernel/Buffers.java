package dev.standstill.network.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The memory of what a host's sockets have read, for what is sent to them next: new memory costs
 * being cleared, and is in no cache of the processor. Loop-confined.
 */
final class Buffers {

  /** What is smaller is not worth it. */
  private static final int LEAST = 4 << 10;

  /** As much is kept as can be on its way through one connection. */
  private static final int MOST = Flow.WINDOW;

  /** The latest first. */
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>(4);

  private int size;

  /** An empty buffer for so many bytes, and hardly more. */
  ByteBuffer take(int bytes) {
    byte[] latest = kept.peek();
    if (latest == null || latest.length < bytes || latest.length / 2 > bytes) {
      return ByteBuffer.allocate(bytes);
    }
    size -= kept.remove().length;
    return ByteBuffer.wrap(latest, 0, bytes);
  }

  /** Nobody uses a buffer of {@link #take} any more. */
  void giveBack(ByteBuffer buffer) {
    if (buffer.array().length < LEAST) {
      return;
    }
    kept.push(buffer.array());
    size += buffer.array().length;
    while (size > MOST) {
      size -= kept.removeLast().length;
    }
  }
}
