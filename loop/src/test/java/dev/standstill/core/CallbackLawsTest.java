package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.jdk.JdkCheck;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That callbacks share threads shows in nothing that they do, or see. */
class CallbackLawsTest {

  private static final Logger LOG = Logger.getLogger("dev.standstill");
  private static final int SEEDS = 2_000;

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForLoops();
  }

  /** What handlers throw is logged. */
  @BeforeAll
  static void logNothing() {
    LOG.setUseParentHandlers(false);
  }

  @AfterAll
  static void logAgain() {
    LOG.setUseParentHandlers(true);
  }

  @Test
  void aProgramDoesTheSameWhetherItsCallbacksShareThreadsOrNot() {
    int shared = 0;
    int callbacks = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      CallbackProgram sharing = new CallbackProgram(seed, true);
      CallbackProgram apart = new CallbackProgram(seed, false);
      List<String> expected = apart.run();
      assertThat(sharing.run()).as("seed %d", seed).isEqualTo(expected);
      assertThat(apart.threads()).isEqualTo(apart.callbacks());
      callbacks += sharing.callbacks();
      shared += sharing.callbacks() - sharing.threads();
    }
    assertThat(shared)
        .as("of %d callbacks shared a thread", callbacks)
        .isGreaterThan(callbacks / 8);
  }
}
