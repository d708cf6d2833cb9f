package dev.standstill.test.spi;

import dev.standstill.test.Trace;
import java.io.IOException;
import java.nio.file.Path;

/** Draws what loops ran: the module {@code standstill-timeline}, where it is. */
public interface TimelineProvider {

  /**
   * Writes a page that shows a trace, with the lines of source that builds have.
   *
   * @param file the page; folders that are missing are made
   * @throws IOException if it cannot be written
   */
  void write(Trace trace, Path file) throws IOException;
}
