package dev.standstill.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ranges of thread ids of loops. */
class ThreadIdsTest {

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForTestLoops();
  }

  @Test
  void loopsThatLiveAtOnceHaveRangesOfTheirOwnWithTheSameLowerHalves() {
    ThreadIds one = ThreadIds.acquire();
    ThreadIds other = ThreadIds.acquire();

    assertThat(other.first()).isNotEqualTo(one.first());
    assertThat((int) other.first()).isEqualTo((int) one.first());
    one.release();
    other.release();
  }

  @Test
  void aRangeIsUsedAgainOnceItIsReleased() {
    ThreadIds one = ThreadIds.acquire();
    one.release();
    one.release();
    ThreadIds next = ThreadIds.acquire();

    assertThat(next.first()).isEqualTo(one.first());
    next.release();
  }

  @Test
  void aThreadThatHasNotStartedCanBeRenumbered() throws InterruptedException {
    Thread thread = Thread.ofVirtual().unstarted(() -> {});
    ThreadIds.set(thread, 1L << 50);

    thread.start();
    thread.join();
    assertThat(thread.threadId()).isEqualTo(1L << 50);
    assertThat(thread.hashCode()).isZero();
  }
}
