package dev.standstill.test.suite;

/** How a test ends. */
public enum Outcome {
  /** Nothing was wrong. */
  PASSED("passed"),
  /** It is a failure. */
  FAILED("failed"),
  /** It has found that it cannot run here. */
  ABORTED("aborted");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
