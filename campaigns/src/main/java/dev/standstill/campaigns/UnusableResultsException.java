package dev.standstill.campaigns;

import java.io.Serial;

/**
 * Results cannot be read or written. The message is a sentence for the user: what happened, to
 * which file, and what to do.
 */
public final class UnusableResultsException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  UnusableResultsException(String message) {
    super(message);
  }

  UnusableResultsException(String message, Throwable cause) {
    super(message, cause);
  }
}
