package dev.standstill.test.stage;

import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import dev.standstill.test.spi.BuildFolder;
import dev.standstill.test.spi.TimelineProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The pages that show what tests did, in the folder of the build. Any thread may call. */
public final class TestTimelines {

  private static final String FOLDER = "timelines";

  /** What a shell, or a file system, may take for something else. */
  private static final String NO_WORD = "[^\\p{L}\\p{N}_.#]";

  private TestTimelines() {}

  /**
   * Writes the timeline of a test, and says where; empty if there is no folder of a build, or
   * nothing that draws.
   *
   * @param test names it
   */
  public static Optional<String> write(Trace trace, String test) {
    TimelineProvider provider = Found.PROVIDER;
    if (provider == null) {
      return Optional.empty();
    }
    String name = test.replaceAll(NO_WORD, "_") + ".html";
    return BuildFolder.find()
        .map(folder -> write(trace, provider, folder.resolve(FOLDER).resolve(name)));
  }

  private static String write(Trace trace, TimelineProvider provider, Path file) {
    try {
      provider.write(trace, file);
      return "Timeline: " + file;
    } catch (IOException e) {
      return "The timeline cannot be written to %s: %s".formatted(file, e);
    }
  }

  /**
   * The same of a test whose loop is still open; empty also if that keeps no trace.
   *
   * @param failure what the test has thrown; null if it has passed
   */
  static Optional<String> write(TestLoop loop, String test, @Nullable Throwable failure) {
    Trace trace = loop.trace();
    return trace.slices().isEmpty()
        ? Optional.empty()
        : write(trace.withEnd(Trace.End.of(failure)), test);
  }

  /** Looked for once, when first asked for. */
  private static final class Found {

    private static final @Nullable TimelineProvider PROVIDER =
        ServiceLoader.load(TimelineProvider.class, TimelineProvider.class.getClassLoader())
            .findFirst()
            .orElse(null);
  }
}
