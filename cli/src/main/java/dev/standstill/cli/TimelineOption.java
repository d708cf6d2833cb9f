package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import dev.standstill.timeline.Timeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the timeline of a run is written, if it is: for all commands that run a program. */
final class TimelineOption {

  /** So many files beside the program are looked at for its source. */
  private static final int MOST_FILES = 500;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      converter = FileConverter.class,
      description =
          "Write a timeline of the run: a page if the file ends with .html, the trace itself with"
              + " .jsonl, a trace for Perfetto with .json, text with .txt.")
  private @Nullable Path file;

  TimelineOption() {}

  boolean isGiven() {
    return file != null;
  }

  /** Lets a loop keep what it takes, if a timeline is asked for. */
  void set(TestLoop.Builder settings) {
    if (file != null) {
      settings.traceWithStacks();
    }
  }

  /**
   * Writes the timeline if one is asked for, and says so.
   *
   * @param trace of the run
   * @param program as the user names it
   * @param err where to say it
   */
  void write(Trace trace, String program, PrintStream err) throws UsageException {
    if (file == null) {
      return;
    }
    try {
      Timeline.of(trace).withSources(sources(program)).write(file);
    } catch (IOException e) {
      throw new UsageException("The timeline cannot be written to %s: %s".formatted(file, e));
    }
    err.println("Timeline: " + file);
  }

  /** Says that there is nothing to write, if a timeline is asked for. */
  void tellNone(String why, PrintStream err) {
    if (file != null) {
      err.printf("No timeline was written: %s.%n", why);
    }
  }

  /** The program itself and the files beside it, and where builds have sources. */
  private static List<Path> sources(String program) {
    List<Path> sources = new ArrayList<>();
    if (program.endsWith(".java") && Files.isRegularFile(Path.of(program))) {
      sources.add(Path.of(program));
      sources.addAll(beside(Path.of(program)));
    }
    Stream.of("src/main/java", "src/test/java", "src/main/kotlin", "src/test/kotlin", "src", ".")
        .map(Path::of)
        .forEach(sources::add);
    return sources;
  }

  private static List<Path> beside(Path program) {
    try (Stream<Path> files = Files.list(program.toAbsolutePath().getParent())) {
      return files.filter(file -> file.toString().endsWith(".java")).limit(MOST_FILES).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Reads {@code --timeline}. */
  static final class FileConverter implements ITypeConverter<Path> {

    FileConverter() {}

    @Override
    public Path convert(String value) {
      try {
        return Timeline.requireName(Path.of(value));
      } catch (InvalidPathException e) {
        throw new TypeConversionException("\"%s\" is no file name.".formatted(value));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
