package dev.standstill.suites;

/**
 * What came of one test.
 *
 * @param kind whether it passed
 * @param message what a failure said, empty otherwise
 */
record Outcome(Kind kind, String message) {

  /** All that can come of a test. */
  enum Kind {
    PASSED,
    FAILED,
    SKIPPED,
    /** The run ended before its turn came, or it does not exist there. */
    DID_NOT_RUN
  }

  static final Outcome DID_NOT_RUN = new Outcome(Kind.DID_NOT_RUN, "");

  boolean passed() {
    return kind == Kind.PASSED;
  }

  @Override
  public String toString() {
    return message.isEmpty() ? kind.name() : kind + ": " + message;
  }
}
