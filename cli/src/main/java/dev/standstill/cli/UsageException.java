package dev.standstill.cli;

import java.io.Serial;

/**
 * Thrown when there is nothing to run; the message is for the user, who has to change something.
 */
final class UsageException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
