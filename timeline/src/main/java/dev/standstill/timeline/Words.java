package dev.standstill.timeline;

import dev.standstill.test.BlockedOn;
import dev.standstill.test.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What all forms of a timeline say in the same way. */
final class Words {

  /** What a task waits for, as far as colours tell it. */
  enum Group {
    LOCK,
    MONITOR,
    QUEUE,
    SLEEP,
    FUTURE,
    SOCKET,
    OUTSIDE,
    OTHER
  }

  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private record Unit(String name, long seconds) {}

  private static final List<Unit> UNITS =
      List.of(new Unit("d", 86_400), new Unit("h", 3_600), new Unit("min", 60), new Unit("s", 1));

  private Words() {}

  static Group group(Trace.Wait wait) {
    if (wait.outside() && wait.on() != BlockedOn.SOCKET) {
      return Group.OUTSIDE;
    }
    return switch (wait.on()) {
      case LOCK, SEMAPHORE, CONDITION -> Group.LOCK;
      case MONITOR, MONITOR_WAIT -> Group.MONITOR;
      case QUEUE, WORK -> Group.QUEUE;
      case SLEEP -> Group.SLEEP;
      case FUTURE, JOIN, LATCH, BARRIER -> Group.FUTURE;
      case SOCKET -> Group.SOCKET;
      case PARK -> Group.OTHER;
    };
  }

  /** A duration as people say it, with its two largest units: {@code 2 h 40 min}. */
  static String of(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos < NANOS_PER_MINUTE) {
      return brief(nanos);
    }
    List<String> parts = new ArrayList<>();
    long left = duration.toSeconds();
    for (Unit unit : UNITS) {
      long count = left / unit.seconds();
      left -= count * unit.seconds();
      if (count > 0 && parts.size() < 2) {
        parts.add(count + " " + unit.name());
      }
    }
    return String.join(" ", parts);
  }

  private static String brief(long nanos) {
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos / 1e3) + " µs";
    }
    return nanos < 1_000_000_000 ? decimal(nanos / 1e6) + " ms" : decimal(nanos / 1e9) + " s";
  }

  private static String decimal(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** The first frame of a stack that is the program's own. */
  static Optional<StackTraceElement> place(List<StackTraceElement> stack, Set<String> program) {
    return stack.stream().filter(frame -> program.contains(frame.getClassName())).findFirst();
  }

  /** Where that is, as {@code Account.java:17}; empty if it is not known. */
  static String line(List<StackTraceElement> stack, Set<String> program) {
    return place(stack, program)
        .filter(frame -> frame.getFileName() != null)
        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }

  /** What a task waits for: {@code waits for a lock, ReentrantLock#1}. */
  static String waits(Trace.Wait wait) {
    return "waits for " + wait.on() + (wait.object().isEmpty() ? "" : ", " + wait.object());
  }

  /** What a departure is called, such as "switch 1". */
  static String departure(Trace trace, int number) {
    return (trace.departures().get(number - 1).isSwitch() ? "switch " : "happening ") + number;
  }

  /** What the nearest run that passes lacks, such as "without switch 1". */
  static String without(Trace trace, Trace.Passing passing) {
    return passing.without().size() == 1
        ? "without " + departure(trace, passing.without().getFirst())
        : "without any of these";
  }

  static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
