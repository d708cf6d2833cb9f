package dev.standstill.test.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of a hundred clients in both kinds of time. */
class ServerSoakTest {

  @Test
  void hourInVirtualTimeLeavesNothing() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      System.out.println(
          new ServerSoak(loop, Duration.ofSeconds(2))
              .run(Duration.parse(System.getProperty("soak.virtual", "PT1H"))));

      Instant end = loop.now();
      loop.runUntilIdle();
      assertThat(loop.now()).as("no timer is left that could move time").isEqualTo(end);
    }
  }

  @Test
  void fewSecondsInRealTimeLeaveNothing() throws Exception {
    inRealTime(Duration.ofSeconds(5));
  }

  /** How long it takes can be set: {@code -Dsoak=PT1H}. */
  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void tenMinutesInRealTimeLeaveNothing() throws Exception {
    inRealTime(Duration.parse(System.getProperty("soak", "PT10M")));
  }

  private static void inRealTime(Duration duration) throws Exception {
    try (EventLoop loop = EventLoop.start("soak")) {
      System.out.println(new ServerSoak(loop, Duration.ofMillis(10)).run(duration));
    }
  }
}
