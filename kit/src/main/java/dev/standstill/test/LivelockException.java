package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when a loop ran very many slices without time moving, or moved time very many times
 * without an end in sight. The message names the tasks that ran last.
 */
public final class LivelockException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  LivelockException(String message) {
    super(message);
  }
}
