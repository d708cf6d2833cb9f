package dev.standstill.jdk;

import java.io.Serial;

/** Ends an idle thread of a pool whose loop ends. Not an exception, which pools would handle. */
final class LoopEndedError extends Error {

  @Serial private static final long serialVersionUID = 1L;

  LoopEndedError() {
    super("The loop of this thread has ended.", null, false, false);
  }
}
