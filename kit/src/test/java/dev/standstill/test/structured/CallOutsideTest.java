package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.test.Leaks;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task of a test loop calls outside is waited for: virtual time stands still. */
class CallOutsideTest {

  private static final int SEEDS = 300;

  @TempDir Path folder;

  /** A timer is pending all the time, to which time would jump if a task seemed to stand still. */
  @Test
  void timeStandsStillUntilItIsOver() throws Exception {
    Path file = folder.resolve("file");
    for (int seed = 0; seed < SEEDS; seed++) {
      String text = "run " + seed;
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.schedule(() -> {}, Duration.ofDays(1));
        loop.run(() -> {
          EventLoop.callOutside(() -> Files.writeString(file, text));
          Task<String> other =
              loop.spawn("other", () -> EventLoop.callOutside(() -> Files.readString(file)));
          assertThat(EventLoop.callOutside(() -> Files.readString(file))).isEqualTo(text);
          assertThat(other.get()).isEqualTo(text);
        });
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      }
    }
  }

  @Test
  void runUntilBlockedWaitsForItToo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    for (int i = 0; i < 100; i++) {
      try (TestLoop loop = TestLoop.open()) {
        Task<String> reader =
            loop.spawn("reader", () -> EventLoop.callOutside(() -> Files.readString(file)));
        loop.runUntilBlocked();
        assertThat(reader.resultNow()).isEqualTo("text");
      }
    }
  }

  @Test
  void whatItThrowsComesAsItIs() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() ->
              loop.run(() -> EventLoop.callOutside(() -> Files.readString(folder.resolve("no")))))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aCancelEndsTheWait() throws Exception {
    var never = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    try (TestLoop loop = TestLoop.open()) {
      Task<?> task =
          loop.spawn(
              "caller",
              () ->
                  EventLoop.callOutside(() -> {
                    begun.countDown();
                    try {
                      never.await();
                    } finally {
                      interrupted.countDown();
                    }
                  }));
      loop.runReady();
      begun.await();
      task.cancel(true);
      loop.runUntilBlocked();
      assertThat(loop.tasks()).isEmpty();
      assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    }
    interrupted.await();
  }

  @Test
  void aReportSaysForWhatItWaits() {
    var never = new CountDownLatch(1);
    try (TestLoop loop =
        TestLoop.builder().realTimeLimit(Duration.ofMillis(300)).leaks(Leaks.IGNORE).open()) {
      OutsideWaitException e =
          catchThrowableOfType(
              OutsideWaitException.class,
              () -> loop.run(() -> EventLoop.callOutside(() -> never.await())));
      assertThat(e)
          .hasMessageContaining("; externally, waits for what it has called outside the loop");
    } finally {
      never.countDown();
    }
  }
}
