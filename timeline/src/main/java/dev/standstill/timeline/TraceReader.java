package dev.standstill.timeline;

import dev.standstill.test.BlockedOn;
import dev.standstill.test.Trace;
import dev.standstill.test.spi.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link TraceWriter} wrote, also what a later one adds: lines of a kind that is not
 * known, and fields, are passed by. Used once.
 */
final class TraceReader {

  private static final String VERSION = "standstill-trace";

  private final Map<Long, StackTraceElement> frames = new HashMap<>();
  private final Map<Long, List<StackTraceElement>> stacks = new HashMap<>();
  private Run run = new Run();
  private @Nullable Run failing;
  private List<Integer> without = List.of();
  private String passingToken = "";

  /** The lines of one run. */
  private static final class Run {
    final Map<Long, String> names = new HashMap<>();
    final List<String> program = new ArrayList<>();
    final List<Trace.Task> tasks = new ArrayList<>();
    final List<Trace.Slice> slices = new ArrayList<>();
    final List<Trace.Jump> jumps = new ArrayList<>();
    final List<Trace.Failure> failures = new ArrayList<>();
    final List<Trace.Message> messages = new ArrayList<>();
    final List<Trace.Outage> outages = new ArrayList<>();
    final List<Trace.Departure> departures = new ArrayList<>();
    final List<Trace.Step> steps = new ArrayList<>();
    final List<Trace.SourceLine> sources = new ArrayList<>();
    Trace.@Nullable End end;

    Trace trace(Fields head, String token, Trace.@Nullable Passing passing) {
      return new Trace(
          head.text("loop"),
          head.instant("start"),
          token,
          tasks,
          slices,
          jumps,
          failures,
          messages,
          outages,
          departures,
          steps,
          passing,
          end,
          program,
          sources);
    }
  }

  /**
   * Reads a trace.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong in which line
   */
  Trace read(BufferedReader from) throws IOException {
    String first = from.readLine();
    Fields head = first == null ? null : fields(first, 1);
    if (head == null || !head.has(VERSION)) {
      throw new IllegalArgumentException(
          "it is no trace: its first line does not say {\"%s\":%d,...}"
              .formatted(VERSION, TraceWriter.VERSION));
    }
    if (head.number(VERSION) != TraceWriter.VERSION) {
      throw new IllegalArgumentException(
          "it is of version %d, and this Standstill reads version %d"
              .formatted(head.number(VERSION), TraceWriter.VERSION));
    }
    int number = 1;
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      number++;
      if (!line.isBlank()) {
        take(fields(line, number));
      }
    }
    String token = head.textOrEmpty("token");
    if (failing == null) {
      return run.trace(head, token, null);
    }
    Trace passing = run.trace(head, passingToken, null);
    return failing.trace(head, token, new Trace.Passing(without, passing));
  }

  private static Fields fields(String line, int number) {
    try {
      return new Fields(JsonReader.read(line), number);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its line %d %s".formatted(number, e.getMessage()), e);
    }
  }

  private void take(Fields line) {
    switch (line.textOrEmpty("is")) {
      case "class" -> run.program.add(line.text("name"));
      case "frame" -> frames.put(line.number("id"), frame(line));
      case "stack" ->
          stacks.put(line.number("id"), line.numbers("frames").stream().map(this::frame).toList());
      case "task" -> takeTask(line);
      case "slice" -> run.slices.add(slice(line));
      case "jump" ->
          run.jumps.add(
              new Trace.Jump(line.number("after"), line.duration("from"), line.duration("to")));
      case "failure" ->
          run.failures.add(
              new Trace.Failure(
                  line.number("slice"),
                  line.numberOrZero("task"),
                  line.text("text"),
                  stack(line, "stack")));
      case "message" -> run.messages.add(message(line));
      case "outage" -> run.outages.add(outage(line));
      case "departure" -> run.departures.add(departure(line));
      case "step" ->
          run.steps.add(
              new Trace.Step(
                  line.number("slice"),
                  (int) line.number("task"),
                  line.text("place"),
                  line.textOrEmpty("method"),
                  line.text("text")));
      case "source" ->
          run.sources.add(
              new Trace.SourceLine(
                  line.text("file"), (int) line.number("line"), line.text("text")));
      case "end" ->
          run.end =
              new Trace.End(
                  line.constant("outcome", Trace.Outcome.class),
                  line.textOrEmpty("text"),
                  line.numbers("cycle").stream().map(Long::intValue).toList());
      case "passing" -> {
        failing = run;
        run = new Run();
        without = line.numbers("without").stream().map(Long::intValue).toList();
        passingToken = line.textOrEmpty("token");
      }
      default -> {} // of a later Standstill
    }
  }

  private StackTraceElement frame(Long number) {
    StackTraceElement frame = frames.get(number);
    if (frame == null) {
      throw new IllegalArgumentException(
          "it has a stack with frame %d, and no such frame".formatted(number));
    }
    return frame;
  }

  private static StackTraceElement frame(Fields line) {
    return new StackTraceElement(
        line.textOrNull("loader"),
        line.textOrNull("module"),
        line.textOrNull("version"),
        line.text("class"),
        line.text("method"),
        line.textOrNull("file"),
        (int) line.number("line"));
  }

  private List<StackTraceElement> stack(Fields line, String name) {
    return line.has(name) ? stacks.getOrDefault(line.number(name), List.of()) : List.of();
  }

  private void takeTask(Fields line) {
    run.names.put(line.number("id"), line.text("name"));
    run.tasks.add(
        new Trace.Task(
            (int) line.number("id"),
            line.text("name"),
            line.numberOrZero("startedBy"),
            line.textOrEmpty("pool"),
            line.textOrEmpty("host"),
            stack(line, "startedAt")));
  }

  private Trace.Slice slice(Fields line) {
    Trace.Cause cause =
        line.has("by")
            ? new Trace.Cause(
                line.constant("by", Trace.By.class),
                line.numberOrZero("byTask"),
                line.numberOrZero("bySlice"))
            : null;
    Trace.Wait then =
        line.has("waits")
            ? new Trace.Wait(
                line.constant("waits", BlockedOn.class),
                line.textOrEmpty("object"),
                line.numberOrZero("holder"),
                line.flag("outside"))
            : null;
    return new Trace.Slice(
        line.number("n"),
        line.duration("at"),
        (int) line.number("task"),
        run.names.getOrDefault(line.number("task"), "unnamed-" + line.number("task")),
        line.numberOrZero("choice"),
        (int) line.number("of"),
        line.flag("ended"),
        cause,
        then,
        stack(line, "stack"));
  }

  private static Trace.Message message(Fields line) {
    return new Trace.Message(
        line.number("slice"),
        line.duration("at"),
        line.text("from"),
        line.text("to"),
        line.number("bytes"),
        line.has("arrives") ? line.duration("arrives") : null,
        line.textOrEmpty("what"));
  }

  private static Trace.Departure departure(Fields line) {
    return new Trace.Departure(
        line.number("slice"),
        line.numberOrZero("task"),
        line.numberOrZero("after"),
        line.numberOrZero("steps"),
        line.has("times") ? (int) line.number("times") : 1,
        line.textOrEmpty("place"),
        line.text("what"),
        line.text("text"));
  }

  private static Trace.Outage outage(Fields line) {
    return new Trace.Outage(
        line.text("what"),
        line.number("after"),
        line.duration("from"),
        line.numberOrZero("until"),
        line.has("to") ? line.duration("to") : null);
  }

  /** The fields of one line. */
  private record Fields(Map<String, @Nullable Object> all, int line) {

    boolean has(String name) {
      return all.get(name) != null;
    }

    @Nullable String textOrNull(String name) {
      return all.get(name) instanceof String text ? text : null;
    }

    String textOrEmpty(String name) {
      String text = textOrNull(name);
      return text == null ? "" : text;
    }

    String text(String name) {
      String text = textOrNull(name);
      if (text == null) {
        throw wrong(name, "a text");
      }
      return text;
    }

    long number(String name) {
      if (all.get(name) instanceof Long number) {
        return number;
      }
      throw wrong(name, "a number");
    }

    int numberOrZero(String name) {
      return has(name) ? Math.toIntExact(number(name)) : 0;
    }

    boolean flag(String name) {
      return Boolean.TRUE.equals(all.get(name));
    }

    Duration duration(String name) {
      return Duration.ofNanos(number(name));
    }

    Instant instant(String name) {
      try {
        return Instant.parse(text(name));
      } catch (DateTimeParseException e) {
        throw wrong(name, "an instant");
      }
    }

    List<Long> numbers(String name) {
      if (!(all.get(name) instanceof List<?> list)) {
        return List.of();
      }
      List<Long> numbers = new ArrayList<>();
      for (Object one : list) {
        if (!(one instanceof Long number)) {
          throw wrong(name, "a list of numbers");
        }
        numbers.add(number);
      }
      return numbers;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
      String text = text(name);
      try {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
      } catch (IllegalArgumentException e) {
        throw wrong(name, "one of those that are known");
      }
    }

    private IllegalArgumentException wrong(String name, String wanted) {
      return new IllegalArgumentException(
          "its line %d has \"%s\": %s, where %s has to be"
              .formatted(line, name, all.get(name), wanted));
    }
  }
}
