package dev.standstill.test;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a {@link Property} does not hold of a run. The message says which, and when. */
public final class BrokenPropertyException extends AssertionError {

  @Serial private static final long serialVersionUID = 1L;

  /** What was to hold. */
  private final String property;

  /**
   * @param cause what the check has thrown; null if it has said no
   */
  BrokenPropertyException(String property, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.property = property;
  }

  /**
   * Returns which property does not hold.
   *
   * @return its name
   */
  public String property() {
    return property;
  }
}
