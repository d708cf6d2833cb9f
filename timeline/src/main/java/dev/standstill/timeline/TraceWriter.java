package dev.standstill.timeline;

import dev.standstill.test.Trace;
import dev.standstill.test.spi.JsonLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a trace as lines of JSON, the form that docs/trace-format.md describes. Used once. */
final class TraceWriter {

  /** Raised when readers of the version before would understand something else. */
  static final int VERSION = 1;

  private final Appendable to;
  private final Map<StackTraceElement, Integer> frames = new HashMap<>();
  private final Map<List<StackTraceElement>, Integer> stacks = new HashMap<>();

  TraceWriter(Appendable to) {
    this.to = to;
  }

  void write(Trace trace) throws IOException {
    line(
        new JsonLine()
            .number("standstill-trace", VERSION)
            .text("loop", trace.loop())
            .text("start", trace.start().toString())
            .textIfAny("token", trace.token()));
    try {
      writeAll(trace);
      Trace.Passing passing = trace.passing();
      if (passing != null) {
        add(
            of("passing")
                .numbers("without", passing.without())
                .textIfAny("token", passing.trace().token()));
        writeAll(passing.trace());
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
  }

  private void writeAll(Trace trace) {
    trace.program().forEach(name -> add(of("class").text("name", name)));
    trace.tasks().forEach(this::write);
    trace.slices().forEach(this::write);
    trace.jumps().forEach(this::write);
    trace.failures().forEach(this::write);
    trace.messages().forEach(this::write);
    trace.outages().forEach(this::write);
    trace.departures().forEach(this::write);
    trace.steps().forEach(this::write);
    trace.sources().forEach(this::write);
    if (trace.end() != null) {
      write(trace.end());
    }
  }

  private static JsonLine of(String kind) {
    return new JsonLine().text("is", kind);
  }

  private void add(JsonLine line) {
    try {
      line(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(JsonLine line) throws IOException {
    to.append(line.toString()).append('\n');
  }

  /** The number of a stack, which is written before if it is new; 0 for an empty one. */
  private int stack(List<StackTraceElement> stack) {
    if (stack.isEmpty()) {
      return 0;
    }
    Integer known = stacks.get(stack);
    if (known != null) {
      return known;
    }
    List<Integer> numbers = stack.stream().map(this::frame).toList();
    int number = stacks.size() + 1;
    stacks.put(stack, number);
    add(of("stack").number("id", number).numbers("frames", numbers));
    return number;
  }

  private int frame(StackTraceElement frame) {
    Integer known = frames.get(frame);
    if (known != null) {
      return known;
    }
    int number = frames.size() + 1;
    frames.put(frame, number);
    add(
        of("frame")
            .number("id", number)
            .textIfAny("loader", frame.getClassLoaderName())
            .textIfAny("module", frame.getModuleName())
            .textIfAny("version", frame.getModuleVersion())
            .text("class", frame.getClassName())
            .text("method", frame.getMethodName())
            .textIfAny("file", frame.getFileName())
            .number("line", frame.getLineNumber()));
    return number;
  }

  private void write(Trace.Task task) {
    int startedAt = stack(task.startedAt());
    add(
        of("task")
            .number("id", task.id())
            .text("name", task.name())
            .numberIfAny("startedBy", task.startedBy())
            .textIfAny("pool", task.pool())
            .textIfAny("host", task.host())
            .numberIfAny("startedAt", startedAt));
  }

  private void write(Trace.Slice slice) {
    int stack = stack(slice.stack());
    JsonLine line =
        of("slice")
            .number("n", slice.number())
            .number("at", slice.time().toNanos())
            .number("task", slice.task())
            .numberIfAny("choice", slice.choice())
            .number("of", slice.ready())
            .flag("ended", slice.ended());
    Trace.Cause cause = slice.cause();
    if (cause != null) {
      line.text("by", name(cause.by()))
          .numberIfAny("byTask", cause.task())
          .numberIfAny("bySlice", cause.slice());
    }
    Trace.Wait then = slice.then();
    if (then != null) {
      line.text("waits", name(then.on()))
          .textIfAny("object", then.object())
          .numberIfAny("holder", then.holder())
          .flag("outside", then.outside());
    }
    add(line.numberIfAny("stack", stack));
  }

  /** A constant as it is written: {@code MONITOR_WAIT} as {@code monitor-wait}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void write(Trace.Jump jump) {
    add(
        of("jump")
            .number("after", jump.after())
            .number("from", jump.from().toNanos())
            .number("to", jump.to().toNanos()));
  }

  private void write(Trace.Failure failure) {
    int stack = stack(failure.stack());
    add(
        of("failure")
            .number("slice", failure.slice())
            .numberIfAny("task", failure.task())
            .text("text", failure.text())
            .numberIfAny("stack", stack));
  }

  private void write(Trace.Message message) {
    add(
        moment(
                of("message")
                    .number("slice", message.slice())
                    .number("at", message.sent().toNanos())
                    .text("from", message.from())
                    .text("to", message.to())
                    .number("bytes", message.bytes()),
                "arrives",
                message.arrives())
            .textIfAny("what", message.what()));
  }

  private static JsonLine moment(JsonLine line, String name, @Nullable Duration moment) {
    return moment == null ? line : line.number(name, moment.toNanos());
  }

  private void write(Trace.Outage outage) {
    add(
        moment(
            of("outage")
                .text("what", outage.what())
                .number("after", outage.after())
                .number("from", outage.from().toNanos())
                .numberIfAny("until", outage.until()),
            "to",
            outage.to()));
  }

  private void write(Trace.Departure made) {
    add(
        of("departure")
            .number("slice", made.slice())
            .numberIfAny("task", made.task())
            .numberIfAny("after", made.after())
            .numberIfAny("steps", made.steps())
            .numberIfAny("times", made.times() == 1 ? 0 : made.times())
            .textIfAny("place", made.place())
            .text("what", made.what())
            .text("text", made.text()));
  }

  private void write(Trace.Step step) {
    add(
        of("step")
            .number("slice", step.slice())
            .number("task", step.task())
            .text("place", step.place())
            .textIfAny("method", step.method())
            .text("text", step.text()));
  }

  private void write(Trace.SourceLine line) {
    add(
        of("source")
            .text("file", line.file())
            .number("line", line.line())
            .text("text", line.text()));
  }

  private void write(Trace.End end) {
    add(
        of("end")
            .text("outcome", name(end.outcome()))
            .textIfAny("text", end.text())
            .numbers("cycle", end.cycle()));
  }
}
