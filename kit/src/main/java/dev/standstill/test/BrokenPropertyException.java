package dev.standstill.test;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a {@link Property} does not hold of a run. The message says which, and when. */
public final class BrokenPropertyException extends AssertionError {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param cause what the check has thrown; null if it has said no
   */
  BrokenPropertyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
