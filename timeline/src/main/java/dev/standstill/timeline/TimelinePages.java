package dev.standstill.timeline;

import dev.standstill.test.Trace;
import dev.standstill.test.spi.TimelineProvider;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the pages of tests; made by {@code ServiceLoader}. Any thread may call. */
@SuppressWarnings("exports") // its types are for Standstill only
public final class TimelinePages implements TimelineProvider {

  /** Called by {@code ServiceLoader}. */
  public TimelinePages() {}

  @Override
  public void write(Trace trace, Path file) throws IOException {
    Timeline.of(trace).withSources().write(file);
  }
}
