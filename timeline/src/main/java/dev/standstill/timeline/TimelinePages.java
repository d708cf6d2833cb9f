package dev.standstill.timeline;

import dev.standstill.test.Trace;
import dev.standstill.test.spi.TimelineProvider;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the pages of tests. Any thread may call. */
public final class TimelinePages implements TimelineProvider {

  /** Called when it is looked for. */
  public TimelinePages() {}

  @Override
  public void write(Trace trace, Path file) throws IOException {
    Timeline.of(trace).withSources().write(file);
  }
}
