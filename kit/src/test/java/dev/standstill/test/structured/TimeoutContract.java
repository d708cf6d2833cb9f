package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Timeout;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a {@link Timeout} promises, whatever the loop's time. */
abstract class TimeoutContract {

  static final Duration SHORT = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofHours(1);

  final EventLoop loop = open();
  final List<String> seen = new ArrayList<>();

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void bodyThatEndsInTimeKeepsItsResult() throws Exception {
    assertThat(loop.<String>run(() -> Timeout.after(LONG, () -> "done"))).isEqualTo("done");
  }

  @Test
  void bodyThatBlocksTooLongTimesOut() {
    assertThatThrownBy(() -> loop.run(() -> Timeout.after(SHORT, TimeoutContract::sleep)))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("Task \"main\" did not get done within PT0.01S.")
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void deadlineIsAMoment() {
    assertThatThrownBy(
            () -> loop.run(() -> Timeout.at(Instant.now().plus(SHORT), TimeoutContract::sleep)))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void innerTimeoutLeavesTheOuterAlone() throws Exception {
    loop.run(() ->
        Timeout.after(
            LONG,
            () -> {
              try {
                Timeout.after(SHORT, TimeoutContract::sleep);
              } catch (TimeoutException e) {
                seen.add("inner");
              }
              Thread.sleep(1);
              return seen.add("went on");
            }));

    assertThat(seen).containsExactly("inner", "went on");
  }

  @Test
  void outerTimeoutIsNotTakenForTheInnerOne() {
    assertThatThrownBy(() ->
            loop.run(() ->
                Timeout.after(
                    SHORT,
                    () -> {
                      try {
                        return Timeout.after(LONG, TimeoutContract::sleep);
                      } catch (TimeoutException e) {
                        return seen.add("inner");
                      }
                    })))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("PT0.01S");
    assertThat(seen).isEmpty();
  }

  @Test
  void limitCanBeMoved() throws Exception {
    String result =
        loop.run(() ->
            Timeout.after(
                SHORT,
                timeout -> {
                  timeout.reschedule(LONG);
                  Thread.sleep(SHORT.multipliedBy(3));
                  return "in time";
                }));

    assertThat(result).isEqualTo("in time");
  }

  @Test
  void bodyCanAskWhetherItsInterruptIsTheTimeout() throws Exception {
    loop.run(() ->
        Timeout.after(
            SHORT,
            timeout -> {
              seen.add("expired " + timeout.isExpired());
              try {
                return sleep();
              } catch (InterruptedException e) {
                return seen.add("expired " + timeout.isExpired());
              }
            }));

    assertThat(seen).containsExactly("expired false", "expired true");
  }

  @Test
  void cancellingFromOutsideIsNoTimeout() throws Exception {
    loop.run(() -> {
      var task =
          loop.spawn(
              "cancelled",
              () -> {
                try {
                  return Timeout.after(LONG, TimeoutContract::sleep);
                } catch (InterruptedException e) {
                  return seen.add("interrupted");
                }
              });
      Thread.sleep(1);
      task.cancel(true);
      Thread.sleep(1);
    });

    assertThat(seen).containsExactly("interrupted");
  }

  @Test
  void noInterruptIsLeftBehind() throws Exception {
    boolean interrupted =
        loop.run(() -> {
          try {
            Timeout.after(SHORT, TimeoutContract::sleepThrough);
          } catch (TimeoutException e) {
            seen.add("timed out");
          }
          return Thread.currentThread().isInterrupted();
        });

    assertThat(interrupted).isFalse();
    assertThat(seen).containsExactly("timed out");
  }

  @Test
  void aCancelDuringTheCleanUpOfAnExpiredLimitIsNotLost() throws Exception {
    loop.run(() -> {
      var poller =
          loop.spawn(
              "poller",
              () -> {
                while (true) {
                  try {
                    Timeout.after(SHORT, TimeoutContract::sleepAndCleanUp);
                  } catch (TimeoutException e) {
                    seen.add("again");
                  }
                }
              });
      Thread.sleep(SHORT.multipliedBy(2));
      poller.cancel(true);
      awaitEnd("poller");
    });

    assertThat(seen).isEmpty();
  }

  private static boolean sleepAndCleanUp() throws InterruptedException {
    try {
      return sleep();
    } finally {
      Thread.sleep(SHORT.multipliedBy(1_000));
    }
  }

  @Test
  void whoSwallowsACancelInsideIsInterruptedAgainWhenLeaving() throws Exception {
    loop.run(() -> {
      var task =
          loop.spawn(
              "swallows",
              () -> {
                Timeout.after(
                    LONG,
                    () -> {
                      try {
                        return sleep();
                      } catch (InterruptedException e) {
                        return false;
                      }
                    });
                seen.add("interrupted " + Thread.interrupted());
              });
      Thread.sleep(SHORT);
      task.cancel(true);
      awaitEnd("swallows");
    });

    assertThat(seen).containsExactly("interrupted true");
  }

  @Test
  void aCancelledTaskMayLimitItsCleanUp() throws Exception {
    loop.run(() -> {
      var task =
          loop.spawn(
              "cleans up",
              () -> {
                try {
                  sleep();
                } finally {
                  try {
                    Timeout.after(SHORT, TimeoutContract::sleep);
                  } catch (TimeoutException e) {
                    seen.add("timed out, interrupted " + Thread.interrupted());
                  }
                }
              });
      Thread.sleep(SHORT);
      task.cancel(true);
      awaitEnd("cleans up");
    });

    assertThat(seen).containsExactly("timed out, interrupted false");
  }

  @Test
  void quietLimitMovesOn() throws Exception {
    loop.run(() -> {
      seen.add("done " + Timeout.moveOnAfter(SHORT, () -> sleep()));
      seen.add("done " + Timeout.moveOnAfter(LONG, () -> Thread.sleep(1)));
      seen.add("interrupted " + Thread.interrupted());
    });

    assertThat(seen).containsExactly("done false", "done true", "interrupted false");
  }

  @Test
  void quietLimitLetsTheTimeOutsOfOthersPass() {
    TimeoutException other = new TimeoutException("another one");

    assertThatThrownBy(() ->
            loop.run(() -> {
              Timeout.moveOnAfter(
                  LONG,
                  () -> {
                    throw other;
                  });
            }))
        .isSameAs(other);
  }

  @Test
  void limitThatNeverComesCanBeMoved() throws Exception {
    assertThatThrownBy(() ->
            loop.run(() ->
                Timeout.after(
                    Timeout.NEVER,
                    timeout -> {
                      seen.add("left " + timeout.remaining().equals(Timeout.NEVER));
                      timeout.reschedule(SHORT);
                      return sleep();
                    })))
        .isInstanceOf(TimeoutException.class);
    assertThat(seen).containsExactly("left true");
  }

  @Test
  void tellsHowMuchTimeIsLeft() throws Exception {
    loop.run(() ->
        Timeout.after(
            LONG,
            timeout -> {
              Thread.sleep(SHORT);
              assertThat(timeout.remaining()).isBetween(Duration.ofMinutes(50), LONG.minus(SHORT));
              timeout.reschedule(Duration.ofMillis(-1));
              assertThat(timeout.remaining()).isZero();
              return seen.add("asked");
            }));

    assertThat(seen).containsExactly("asked");
  }

  @Test
  void anIoFailureBeforeTheLimitIsNoTimeOut() {
    assertThatThrownBy(() ->
            loop.run(() ->
                Timeout.after(
                    LONG,
                    () -> {
                      throw new SocketException("reset");
                    })))
        .isInstanceOf(SocketException.class);
  }

  /** Returns when no task of that name is left. */
  private void awaitEnd(String name) throws InterruptedException {
    while (loop.tasks().stream().anyMatch(task -> task.name().equals(name))) {
      Thread.sleep(1);
    }
  }

  static boolean sleep() throws InterruptedException {
    Thread.sleep(Duration.ofDays(1));
    return true;
  }

  /** Is interrupted only after both time-outs of a test have had time to expire. */
  static boolean sleepThrough() throws InterruptedException {
    try {
      Thread.sleep(Duration.ofDays(1));
    } catch (InterruptedException e) {
      Thread.yield();
      throw e;
    }
    return true;
  }
}
