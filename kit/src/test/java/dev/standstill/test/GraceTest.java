package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In virtual time, those that are cancelled by closing need no grace. */
class GraceTest {

  @Test
  void cancelledTasksHaveAllTheTimeThatTheyNeed() {
    List<String> seen = new ArrayList<>();
    try (var loop = TestLoop.open()) {
      loop.setGrace(Duration.ZERO);
      loop.spawn(
          "slow to end",
          () -> {
            try {
              Thread.sleep(Duration.ofDays(1));
            } catch (InterruptedException e) {
              Thread.sleep(Duration.ofHours(1));
              seen.add("ended");
            }
          });
      loop.runUntilBlocked();
    }
    assertThat(seen).containsExactly("ended");
  }

  @Test
  void graceIsNotNegative() {
    try (var loop = TestLoop.open()) {
      assertThatThrownBy(() -> loop.setGrace(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
