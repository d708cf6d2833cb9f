package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pools and timers in static fields outlive their loop, and go on on the next. */
class NextLoopTest {

  private final List<String> ran = new CopyOnWriteArrayList<>();

  private static void onALoop(ThrowingRunnable body) throws Exception {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      loop.run(body);
    }
  }

  private TimerTask noting(String what) {
    return new TimerTask() {
      @Override
      public void run() {
        note(what);
      }
    };
  }

  private void note(String what) {
    ran.add(what + " at " + Instant.now().toString().substring(11, 19));
  }

  @Test
  void aTimerRunsTasksAgain() throws Exception {
    Timer[] timer = new Timer[1];
    onALoop(() -> {
      timer[0] = new Timer("timer");
      timer[0].schedule(noting("first"), 1_000);
      Thread.sleep(Duration.ofSeconds(2));
    });

    for (int i = 0; i < 2; i++) {
      onALoop(() -> {
        timer[0].schedule(noting("again"), 5_000);
        Thread.sleep(Duration.ofMinutes(1));
      });
    }

    assertThat(ran).containsExactly("first at 00:00:01", "again at 00:00:05", "again at 00:00:05");
  }

  @Test
  void itsTasksGoOnAsMuchLaterAsTheyWereDue() throws Exception {
    Timer[] timer = new Timer[1];
    onALoop(() -> {
      timer[0] = new Timer("timer");
      timer[0].schedule(noting("hourly"), 3_600_000, 3_600_000);
      Thread.sleep(Duration.ofMinutes(150));
    });

    onALoop(() -> {
      timer[0].schedule(noting("again"), 5_000);
      Thread.sleep(Duration.ofMinutes(100));
    });

    assertThat(ran)
        .containsExactly(
            "hourly at 01:00:00",
            "hourly at 02:00:00",
            "again at 00:00:05",
            "hourly at 00:30:00",
            "hourly at 01:30:00");
  }

  @Test
  void aTimerThatWasCancelledMeanwhileStaysSo() throws Exception {
    Timer[] timer = new Timer[1];
    onALoop(() -> timer[0] = new Timer("timer"));
    timer[0].cancel();

    onALoop(() ->
        assertThatThrownBy(() -> timer[0].schedule(noting("never"), 1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("Timer already cancelled."));
  }

  @Test
  void theJobsOfAScheduledPoolGoOnWhenItIsGivenWork() throws Exception {
    ScheduledExecutorService[] pool = new ScheduledExecutorService[1];
    onALoop(() -> {
      pool[0] = Executors.newScheduledThreadPool(1);
      pool[0].scheduleAtFixedRate(() -> note("hourly"), 1, 1, TimeUnit.HOURS);
      Thread.sleep(Duration.ofMinutes(150));
    });

    onALoop(() -> {
      pool[0].execute(() -> note("work"));
      Thread.sleep(Duration.ofMinutes(100));
    });

    assertThat(ran)
        .containsExactly(
            "hourly at 01:00:00",
            "hourly at 02:00:00",
            "work at 00:00:00",
            "hourly at 00:30:00",
            "hourly at 01:30:00");
  }

  /** Its class initialiser starts a pool that lives as long as the class. */
  private static final class Heartbeat {
    static final ScheduledExecutorService POOL = Executors.newScheduledThreadPool(1);

    static {
      POOL.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MINUTES);
    }
  }

  @Test
  void whatStopsWithTheLoopIsTold() throws Exception {
    try (var log = new CapturedLog()) {
      TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
      loop.run(() -> assertThat(Heartbeat.POOL.isShutdown()).isFalse());

      loop.close();

      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith(
              "TestLoop \"test\" is closed while pools that libraries or class initialisers")
          .contains("is blocked on work for its pool, which has 1 periodic job, since");
    }
  }
}
