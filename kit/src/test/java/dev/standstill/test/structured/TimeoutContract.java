package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Timeout;
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
