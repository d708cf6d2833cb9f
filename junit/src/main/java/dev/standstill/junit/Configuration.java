package dev.standstill.junit;

import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Reads configuration parameters, and says in a sentence which of them cannot be read. */
final class Configuration {

  private Configuration() {}

  /** A whole number; empty if the parameter is not set. */
  static Optional<Integer> number(ExtensionContext context, String parameter) {
    return text(context, parameter).map(text -> number(place(parameter, text), text));
  }

  /**
   * A whole number, 0 or more.
   *
   * @param place where it stands, for a reader who has mistyped it
   */
  static int number(String place, String text) {
    try {
      int number = Integer.parseInt(text.replace("_", ""));
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The sentence says it.
    }
    throw new ExtensionConfigurationException(
        "%s is no number of schedules: write a whole number, 0 or more and at most %d, as in 200."
            .formatted(place, Integer.MAX_VALUE));
  }

  /** Whether the parameter is {@code true}; false if it is not set. */
  static boolean flag(ExtensionContext context, String parameter) {
    return oneOf(context, parameter, "true", "false");
  }

  /** Whether the parameter is {@code yes}, and neither {@code no} nor missing. */
  static boolean oneOf(ExtensionContext context, String parameter, String yes, String no) {
    Optional<String> text = text(context, parameter);
    text.filter(Predicate.not(yes::equals))
        .filter(Predicate.not(no::equals))
        .ifPresent(other -> {
          throw new ExtensionConfigurationException(
              "%s is neither \"%s\" nor \"%s\", which it can be."
                  .formatted(place(parameter, other), yes, no));
        });
    return text.filter(yes::equals).isPresent();
  }

  /** What is set, without blanks around it; empty if nothing is. */
  static Optional<String> text(ExtensionContext context, String parameter) {
    return context
        .getConfigurationParameter(parameter)
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty));
  }

  static String place(String parameter, String text) {
    return "The configuration parameter %s = \"%s\"".formatted(parameter, text);
  }
}
