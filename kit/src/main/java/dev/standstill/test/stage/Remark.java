package dev.standstill.test.stage;

import java.io.Serial;

/** What is said of a failure beside what it says itself. Immutable. */
final class Remark extends Throwable {

  @Serial private static final long serialVersionUID = 1L;

  Remark(String message) {
    super(message, null, false, false);
  }
}
