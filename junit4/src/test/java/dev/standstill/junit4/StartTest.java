package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.RunWith;
import org.junit.runner.notification.Failure;

/** When the virtual time of tests starts. */
class StartTest {

  private static volatile Instant began = Instant.MIN;

  private static void set(String parameter) {
    LoopSettings.takeParametersFrom(name -> name.equals("standstill.start") ? parameter : null);
  }

  @AfterEach
  void takeParametersOfTheJvm() {
    LoopSettings.takeParametersFrom(System::getProperty);
  }

  @Test
  void aParameterSetsItForAllTests() {
    set("2026-03-28T23:30:00Z");

    assertThat(JUnitCore.runClasses(Silent.class).getFailures()).isEmpty();
    assertThat(began).isEqualTo("2026-03-28T23:30:00Z");
  }

  @Test
  void nowIsTheTimeOfTheMachine() {
    Instant before = Instant.now();
    set("now");

    assertThat(JUnitCore.runClasses(Silent.class).getFailures()).isEmpty();
    assertThat(began).isBetween(before.minusSeconds(1), Instant.now());
  }

  @Test
  void whatTheAnnotationSaysWins() {
    set("now");

    assertThat(JUnitCore.runClasses(Saying.class).getFailures()).isEmpty();
    assertThat(began).isEqualTo("2030-01-02T00:00:00Z");
  }

  @Test
  void whatCannotBeReadFailsTheTest() {
    set("today");

    assertThat(JUnitCore.runClasses(Silent.class).getFailures())
        .extracting(Failure::getMessage)
        .singleElement()
        .asString()
        .startsWith("The parameter standstill.start = \"today\" is no instant: write one such as");
  }

  @RunWith(LoopRunner.class)
  public static class Silent {
    @org.junit.Test
    public void begins() {
      began = Instant.now();
    }
  }

  @RunWith(LoopRunner.class)
  @OnLoop(start = "2030-01-02")
  public static class Saying {
    @org.junit.Test
    public void begins() {
      began = Instant.now();
    }
  }
}
