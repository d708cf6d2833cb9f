package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when two runs with the same schedule differ. The message shows the first slice that
 * differs, in both runs, with the stacks at which the tasks stopped.
 */
public final class NondeterminismException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  NondeterminismException(String message) {
    super(message);
  }
}
