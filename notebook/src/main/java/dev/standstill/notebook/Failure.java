package dev.standstill.notebook;

import dev.standstill.explore.ScheduleFailure;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.RunDetails;
import dev.standstill.test.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.spi.SPIResolutionException;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

/**
 * What reports tell of something that a test has thrown.
 *
 * @param thrown what it has thrown
 * @param test the name of the test
 */
record Failure(Throwable thrown, String test) {

  private static final int FRAMES = 8;

  /** A frame of a cell, as {@link StackTraceElement#toString} shows it. */
  private static final Pattern FRAME_OF_CELL =
      Pattern.compile(
          "(REPL\\.\\$JShell\\$[\\w$]+)\\.([\\w$<>]+)\\((\\$JShell\\$\\w+\\.java):(\\d+)\\)");

  /** Class names of what runs and checks tests; frames there tell a reader nothing. */
  private static final List<String> NOT_THE_USERS =
      List.of("java.", "jdk.", "org.assertj.", "org.junit.", "org.opentest4j.", "dev.standstill.");

  /** The message; without its type where that would only say that a check has failed. */
  String message() {
    if (thrown instanceof SPIResolutionException) {
      return "This cannot run: its cell names something that no cell has declared or imported so far.";
    }
    String message = thrown.getMessage();
    String type = thrown.getClass().getSimpleName();
    if (message == null) {
      return type;
    }
    String text = withPlaces(message.strip());
    return thrown instanceof AssertionError || thrown instanceof DeadlockException
        ? text
        : type + ": " + text;
  }

  /**
   * The message; the fact alone where the message goes on about the {@linkplain #blocked() blocked
   * tasks}.
   */
  String headline() {
    return thrown instanceof DeadlockException
        ? message().lines().findFirst().orElse("")
        : message();
  }

  /** What was expected and what was found, if the check has told. */
  Optional<Difference> difference() {
    return thrown instanceof AssertionFailedError failed
            && failed.isExpectedDefined()
            && failed.isActualDefined()
        ? Optional.of(new Difference(show(failed.getExpected()), show(failed.getActual())))
        : Optional.empty();
  }

  private static String show(ValueWrapper value) {
    return value.getValue() instanceof CharSequence text
        ? text.toString()
        : value.getStringRepresentation();
  }

  /** Where in the user's own code it was thrown, innermost first. */
  List<String> places() {
    return Arrays.stream(thrown.getStackTrace())
        .filter(Failure::isOfUser)
        .limit(FRAMES)
        .map(Failure::place)
        .toList();
  }

  /** Whether a frame is of the user's own code; what is generated has no file. */
  static boolean isOfUser(StackTraceElement frame) {
    return frame.getFileName() != null
        && NOT_THE_USERS.stream().noneMatch(frame.getClassName()::startsWith);
  }

  /** A frame; one of a cell with the line of the cell, if that is known. */
  static String place(StackTraceElement frame) {
    if (!CellClasses.isOfCell(frame.getClassName())) {
      return frame.toString();
    }
    if (frame.getMethodName().contains(CellClasses.STATEMENT)) {
      return "a statement of a cell";
    }
    String place = CellClasses.nameOf(frame.getClassName()) + "." + frame.getMethodName();
    OptionalInt line = CellLines.lineOf(frame);
    return line.isPresent() ? "%s, line %d of its cell".formatted(place, line.getAsInt()) : place;
  }

  /** A text with its frames and lines of cells as the reader knows them. */
  private static String withPlaces(String text) {
    String frames =
        FRAME_OF_CELL
            .matcher(text)
            .replaceAll(frame -> {
              int line = Integer.parseInt(frame.group(4));
              return Matcher.quoteReplacement(
                  place(
                      new StackTraceElement(frame.group(1), frame.group(2), frame.group(3), line)));
            });
    return CellLines.inText(frames);
  }

  List<BlockedTask> blocked() {
    return RunDetails.of(thrown).map(RunDetails::blocked).orElse(List.of());
  }

  /** What was told to the failure about its run: the time, the schedule, who was blocked. */
  Optional<String> details() {
    return RunDetails.of(thrown).map(Throwable::getMessage).map(Failure::withPlaces);
  }

  /** What ran, if that was noted. */
  Optional<Trace> trace() {
    Optional<Trace> trace =
        thrown instanceof ScheduleFailure explored
            ? Optional.of(explored.trace())
            : RunDetails.of(thrown).map(RunDetails::trace);
    return trace.filter(noted -> !noted.slices().isEmpty());
  }

  /** What a cell calls to repeat the run. */
  Optional<String> replay() {
    Optional<ReplayToken> token =
        thrown instanceof ScheduleFailure explored
            ? Optional.of(explored.token())
            : RunDetails.of(thrown).map(RunDetails::replayToken);
    return token.map(repeats -> "Notebook.replay(\"%s\").run(\"%s\")".formatted(repeats, test));
  }
}
