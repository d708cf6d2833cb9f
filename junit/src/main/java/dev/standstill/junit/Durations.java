package dev.standstill.junit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Reads durations from annotations and configuration parameters. */
final class Durations {

  private Durations() {}

  /**
   * Reads a number and a unit; null if {@code text} is empty.
   *
   * @param place where the text stands, for a reader who has mistyped it
   */
  static @Nullable Duration parse(String place, String text) {
    try {
      return dev.standstill.test.stage.Durations.parse(place, text);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException("" + e.getMessage(), e);
    }
  }

  /** What a configuration parameter says; null if it is not set. */
  static @Nullable Duration of(ExtensionContext context, String parameter) {
    String text = Configuration.text(context, parameter).orElse("");
    return parse(Configuration.place(parameter, text), text);
  }
}
