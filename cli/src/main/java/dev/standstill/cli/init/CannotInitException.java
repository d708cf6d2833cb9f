package dev.standstill.cli.init;

import java.io.Serial;

/** Thrown when a project cannot be changed; the message is for the user. */
public final class CannotInitException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  CannotInitException(String message) {
    super(message);
  }
}
