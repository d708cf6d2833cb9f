package dev.standstill.junit.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class that is run in a JVM of its own. */
@ExtendWith(Sleeping.OnLoop.class)
public class Sleeping {

  /** Has to be on the loop of the test, however the agent came in. */
  static final class OnLoop implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
      assertThat(EventLoop.running()).isPresent();
    }
  }

  /** Takes a day of virtual time. */
  @LoopTest
  void sleepsADay() throws InterruptedException {
    Instant before = Instant.now();
    Thread.sleep(Duration.ofDays(1));
    assertThat(Duration.between(before, Instant.now())).isEqualTo(Duration.ofDays(1));
  }
}
