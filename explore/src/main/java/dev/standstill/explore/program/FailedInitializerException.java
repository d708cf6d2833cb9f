package dev.standstill.explore.program;

/** A class could not be initialised once more, so no schedule can be run as the first was. */
public final class FailedInitializerException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  FailedInitializerException(String type, Throwable cause) {
    super(
        "The initialiser of %s failed when it ran again: exclude the class from those whose statics start afresh."
            .formatted(type),
        cause);
  }
}
