package dev.standstill.agent;

import java.io.Serial;

/** Thrown when there is no program to start; the message is for the user. */
final class NothingToRunException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  NothingToRunException(String message) {
    super(message);
  }
}
