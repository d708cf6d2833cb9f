package dev.standstill.cli;

import dev.standstill.timeline.Timeline;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code standstill timeline}. */
@Command(
    name = "timeline",
    header = "Shows a trace that was saved, as text or in another form.",
    customSynopsis = {"standstill timeline [--out=FILE] TRACE"},
    description = {"", "TRACE is what --timeline wrote to a file that ends with .jsonl.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it is shown, or written", "2:there is no such file, or it is no trace"})
final class TimelineCommand implements Callable<Integer> {

  /** Where nobody says how wide the terminal is. */
  private static final int DEFAULT_WIDTH = 100;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = TimelineOption.FileConverter.class,
      description =
          "Write it there: a page if the file ends with .html, the trace itself with .jsonl, a trace"
              + " for Perfetto with .json, text with .txt. Without it: text, to standard output.")
  private @Nullable Path out;

  @Parameters(index = "0", paramLabel = "TRACE", description = "The file.")
  private Path trace;

  TimelineCommand() {}

  @Override
  public Integer call() throws UsageException {
    Timeline timeline = read();
    if (out == null) {
      System.out.print(timeline.text(width(), areColoursWanted()));
      return 0;
    }
    try {
      timeline.write(out);
    } catch (IOException e) {
      throw new UsageException("The timeline cannot be written to %s: %s".formatted(out, e));
    }
    System.err.println("Timeline: " + out);
    return 0;
  }

  private Timeline read() throws UsageException {
    if (!Files.isRegularFile(trace)) {
      throw new UsageException("There is no file " + trace + ".");
    }
    try {
      return Timeline.read(trace);
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(trace, e));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** As no-color.org asks for. */
  private static boolean areColoursWanted() {
    String refused = System.getenv("NO_COLOR");
    Console console = System.console();
    return (refused == null || refused.isEmpty()) && console != null && console.isTerminal();
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[0-9]{2,4}")
        ? Integer.parseInt(columns)
        : DEFAULT_WIDTH;
  }
}
