package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PropertyTest {

  private final TestLoop loop = TestLoop.open();
  private int count;

  @AfterEach
  void close() {
    loop.close();
  }

  private Void countUpTo(int most) throws InterruptedException {
    while (count < most) {
      count++;
      Thread.sleep(Duration.ofSeconds(1));
    }
    return null;
  }

  @Test
  void aRunEndsAfterTheSliceThatBreaksWhatAlwaysHolds() {
    try (var _ = Property.always(loop, "fewer than 5", () -> count < 5)) {
      assertThatExceptionOfType(BrokenPropertyException.class)
          .isThrownBy(() -> loop.run(() -> countUpTo(100)))
          .withMessageContaining(
              "\"fewer than 5\" does not hold PT4S after the start, when task \"main\" has run.")
          .withMessageContaining("To repeat the run: ");
    }
    assertThat(count).isEqualTo(5);
  }

  @Test
  void aCheckThatThrowsIsOneThatDoesNotHold() {
    var watch =
        Property.always(
            loop,
            "even",
            () -> {
              assertThat(count % 2).isZero();
              return true;
            });
    assertThatExceptionOfType(BrokenPropertyException.class)
        .isThrownBy(() -> loop.run(() -> countUpTo(3)))
        .withMessageContaining("as it fails with")
        .withCauseInstanceOf(AssertionError.class);
    watch.close();
  }

  @Test
  void aPropertyIsCheckedUntilItIsClosed() throws Exception {
    Property.always(loop, "fewer than 5", () -> count < 5).close();
    loop.run(() -> countUpTo(6));
    assertThat(count).isEqualTo(6);
  }

  @Test
  void whatHoldsInTheEndIsWaitedFor() throws Exception {
    loop.spawn("counts", () -> countUpTo(10));
    loop.run(() -> {
      Property.inTheEnd(loop, "ten", Duration.ofSeconds(20), () -> count == 10);
      return null;
    });
    assertThat(Duration.between(TestLoop.DEFAULT_START, loop.now()))
        .isEqualTo(Duration.ofSeconds(9));
    loop.runUntilIdle();
  }

  @Test
  void whatDoesNotHoldInTheEndIsTold() {
    loop.spawn("counts", () -> countUpTo(10));
    assertThatExceptionOfType(BrokenPropertyException.class)
        .isThrownBy(() ->
            loop.run(() -> {
              Property.inTheEnd(loop, "ten", Duration.ofSeconds(5), () -> count == 10);
              return null;
            }))
        .withMessageContaining("\"ten\" does not hold after PT5S.");
    loop.runUntilIdle();
  }

  @Test
  void itIsKnownWhatWasSeenSometimes() {
    Property.sometimes(loop, "rain", false);
    Property.sometimes(loop, "sun", false);
    Property.sometimes(loop, "sun", true);
    Property.sometimes(loop, "sun", false);
    assertThat(VirtualTimeLoop.seenOf(loop))
        .containsEntry("rain", false)
        .containsEntry("sun", true);
  }
}
