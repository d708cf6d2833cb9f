package dev.standstill.junit.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import java.time.Duration;
import java.time.Instant;

/** A test class that is run in a JVM of its own. */
public class Sleeping {

  /** Takes a day of virtual time. */
  @LoopTest
  void sleepsADay() throws InterruptedException {
    Instant before = Instant.now();
    Thread.sleep(Duration.ofDays(1));
    assertThat(Duration.between(before, Instant.now())).isEqualTo(Duration.ofDays(1));
  }
}
