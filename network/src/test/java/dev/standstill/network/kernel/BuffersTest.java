package dev.standstill.network.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuffersTest {

  private static final int LARGE = 16 << 10;

  private final Buffers buffers = new Buffers();

  @Test
  void whatWasReadMakesPlaceForWhatIsSentNext() {
    ByteBuffer first = buffers.take(LARGE);
    first.put(new byte[LARGE]);
    buffers.giveBack(first);
    ByteBuffer second = buffers.take(LARGE - 1);
    assertSame(first.array(), second.array());
    assertEquals(LARGE - 1, second.remaining());
    assertNotSame(first.array(), buffers.take(LARGE).array());
  }

  @Test
  void fewBytesTakeNoLargeBuffer() {
    buffers.giveBack(buffers.take(LARGE));
    assertEquals(100, buffers.take(100).array().length);
  }

  @Test
  void noMoreIsKeptThanGoesThroughOneConnection() {
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i <= Flow.WINDOW / LARGE; i++) {
      taken.add(buffers.take(LARGE));
    }
    taken.forEach(buffers::giveBack);
    for (ByteBuffer kept : taken.subList(1, taken.size()).reversed()) {
      assertSame(kept.array(), buffers.take(LARGE).array());
    }
    assertNotSame(taken.getFirst().array(), buffers.take(LARGE).array());
  }

  @Test
  void whatIsReadIsWhatWasSentThoughBuffersAreUsedAgain() {
    Flow one = new Flow(buffers);
    Flow other = new Flow(buffers);
    for (byte round = 0; round < 10; round++) {
      one.send(filled(round), round, round);
      other.send(filled((byte) -round), round, round);
      assertEquals(filled(round), taken(one, round));
      one.send(filled((byte) (round + 100)), round, round);
      assertEquals(filled((byte) -round), taken(other, round));
      assertEquals(filled((byte) (round + 100)), taken(one, round));
    }
  }

  private static ByteBuffer filled(byte value) {
    ByteBuffer bytes = ByteBuffer.allocate(LARGE - Math.abs(value));
    while (bytes.hasRemaining()) {
      bytes.put(value);
    }
    return bytes.flip();
  }

  private static ByteBuffer taken(Flow flow, long now) {
    ByteBuffer into = ByteBuffer.allocate(2 * LARGE);
    flow.take(into, now);
    return into.flip();
  }
}
