package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.children.Child;
import dev.standstill.probe.Computing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that hold the carrier are logged while they do, if one has asked for it. */
class LongSlicesTest {

  private static final Duration LIMIT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(1);

  @Test
  void areLoggedWhileTheyLastOnceForEachPlace() throws Exception {
    try (LogRecords log = new LogRecords();
        EventLoop loop = EventLoop.start("watched")) {
      loop.logLongSlices(LIMIT);

      assertThat(computeUntilLogged(loop, log))
          .startsWith(
              "Task \"main\" has held the carrier of EventLoop \"watched\" for 20 ms; meanwhile no"
                  + " other task runs:\n      at ")
          .contains("Computing.until(Computing.java:");

      computeForThreeLimits(loop);
      assertThat(log.messages())
          .as("the same place again")
          .noneMatch(message -> message.contains("Computing.until("));
    }
  }

  private static String computeUntilLogged(EventLoop loop, LogRecords log) throws Exception {
    var logged = new AtomicBoolean();
    Threads.Running<String> reader =
        Threads.start(
            "reader",
            () -> {
              String message = log.take().getMessage();
              logged.set(true);
              return message;
            });
    loop.run(() -> Computing.until(logged));
    return reader.get();
  }

  private static void computeForThreeLimits(EventLoop loop) throws Exception {
    var enough = new AtomicBoolean();
    Threads.start(
        "clock",
        () -> {
          Thread.sleep(3 * LIMIT.toMillis());
          enough.set(true);
        });
    loop.run(() -> Computing.until(enough));
  }

  @Test
  void areThoseOfATenthOfASecondUnlessALimitIsGiven() throws Exception {
    try (LogRecords log = new LogRecords();
        EventLoop loop = EventLoop.start("watched")) {
      loop.logLongSlices();

      assertThat(computeUntilLogged(loop, log)).contains(" for 100 ms;");
    }
  }

  /** A pipe that nobody has opened for writing lets its reader wait. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void inFilesNameTheCallAndItsPlace(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(Child.run(new ProcessBuilder("mkfifo", pipe.toString())).status()).isZero();
    try (LogRecords log = new LogRecords();
        EventLoop loop = EventLoop.start("watched")) {
      loop.logLongSlices(LIMIT);
      Task<String> reader = loop.spawn("reader", () -> Files.readString(pipe));

      assertThat(log.take().getMessage())
          .startsWith(
              "Task \"reader\" has held the carrier of EventLoop \"watched\" for 20 ms in"
                  + " Files.readString, called at LongSlicesTest.java:")
          .contains(
              "; meanwhile no other task runs. Let a thread outside the loop wait for files:"
                  + " EventLoop.callOutside(() -> ...):\n      at ");
      Files.writeString(pipe, "at last");
      assertThat(reader.get()).isEqualTo("at last");
    }
  }

  @Test
  void areLoggedOfEachCallback() throws Exception {
    try (LogRecords log = new LogRecords();
        EventLoop loop = EventLoop.open("watched")) {
      loop.logLongSlices(LIMIT);
      var logged = new AtomicBoolean();
      long[] ids = {0, 0};
      loop.execute(() -> ids[0] = Thread.currentThread().threadId());
      loop.execute(() -> {
        ids[1] = Thread.currentThread().threadId();
        Computing.until(logged);
      });
      Threads.Running<String> reader =
          Threads.start(
              "reader",
              () -> {
                String message = log.take().getMessage();
                logged.set(true);
                return message;
              });
      loop.run(() -> {});
      assertThat(reader.get()).startsWith("Task \"#" + ids[1] + "\" has held the carrier of");
      assertThat(ids[0]).isNotEqualTo(ids[1]);
    }
  }

  @Test
  void areNoneIfTheTaskBlocksOrNobodyAsks() throws Exception {
    try (LogRecords log = new LogRecords();
        EventLoop loop = EventLoop.start("watched")) {
      computeForThreeLimits(loop);
      loop.logLongSlices(LONG);
      loop.run(() -> Thread.sleep(LONG.plus(LIMIT)));
      loop.logLongSlices(Duration.ZERO);
      computeForThreeLimits(loop);
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void needATimeThatIsNotNegative() {
    try (EventLoop loop = EventLoop.start("watched")) {
      assertThatThrownBy(() -> loop.logLongSlices(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("the limit has to be 0 or more, not PT-0.001S");
    }
  }
}
