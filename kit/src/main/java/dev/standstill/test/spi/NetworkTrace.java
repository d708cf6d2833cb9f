package dev.standstill.test.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes what there is to see of a network of a loop whose run is traced. For the driver, and the
 * tasks of the loop.
 */
public interface NetworkTrace {

  /**
   * Something is sent from one host to another.
   *
   * @param from the name of a host
   * @param to the name of a host
   * @param bytes how much
   * @param arrives when it comes there, in virtual time since the loop's start; null if it is lost
   * @param what it, in a few words, such as {@code GET /prices}; may be empty
   */
  void sent(String from, String to, long bytes, @Nullable Duration arrives, String what);

  /** Something that does not work just now. */
  @FunctionalInterface
  interface Cut {
    /** It works again. */
    void heals();
  }

  /**
   * Something does not work from now on, such as a link.
   *
   * @param what it, in a few words, such as {@code "a cannot reach b"}
   */
  Cut cut(String what);
}
