package dev.standstill.testng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the virtual time of tests starts. */
class StartTest {

  private static volatile Instant began = Instant.MIN;

  private static Runs with(String start, Class<?> testClass) {
    return Runs.with(Map.of("standstill.start", start), testClass);
  }

  @Test
  void aParameterSetsItForAllTests() {
    assertThat(with("2026-03-28T23:30:00Z", Silent.class).failures()).isEmpty();
    assertThat(began).isEqualTo("2026-03-28T23:30:00Z");
  }

  @Test
  void whatTheAnnotationSaysWins() {
    assertThat(with("now", Saying.class).failures()).isEmpty();
    assertThat(began).isEqualTo("2030-01-02T00:00:00Z");
  }

  @Test
  void whatCannotBeReadEndsTheRun() {
    assertThatThrownBy(() -> with("today", Silent.class))
        .hasMessageStartingWith(
            "The parameter standstill.start = \"today\" is no instant: write one such as");
  }

  @OnLoop
  public static class Silent {
    @org.testng.annotations.Test
    public void begins() {
      began = Instant.now();
    }
  }

  @OnLoop(start = "2030-01-02")
  public static class Saying {
    @org.testng.annotations.Test
    public void begins() {
      began = Instant.now();
    }
  }
}
