package dev.standstill.notebook.kernel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows what a cell has thrown, down to the cell, without the frames that run it. */
final class StackTraces {

  /** The method that JShell puts a cell's statement into (JDK 25, {@code jdk.jshell.Util}). */
  private static final String SNIPPET = "do_it$";

  /** A class that JShell puts a snippet into, and the class that the snippet declares. */
  private static final Pattern OF_CELL =
      Pattern.compile("REPL\\.\\$JShell\\$[0-9A-Z_]+(?:\\$(.+))?");

  /** How many lines JShell puts before a declaration (JDK 25, {@code jdk.jshell.Wrap}). */
  private static final int LINES_BEFORE = 4;

  private final StringBuilder text = new StringBuilder();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final String statement;

  private StackTraces(String statement) {
    this.statement = statement;
  }

  /**
   * @param source the statement that the cell was at
   */
  static String show(Throwable failure, String source) {
    StackTraces traces = new StackTraces(source.strip().lines().findFirst().orElse(""));
    traces.add("", failure);
    return traces.text.toString().stripTrailing();
  }

  private void add(String caption, @Nullable Throwable failure) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    text.append(caption).append(failure).append('\n');
    for (StackTraceElement frame : failure.getStackTrace()) {
      text.append("    at ").append(place(frame)).append('\n');
      if (frame.getMethodName().equals(SNIPPET)) {
        break;
      }
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      add("Suppressed: ", suppressed);
    }
    add("Caused by: ", failure.getCause());
  }

  private String place(StackTraceElement frame) {
    Matcher matcher = OF_CELL.matcher(frame.getClassName());
    if (!matcher.matches()) {
      return frame.toString();
    }
    if (frame.getMethodName().equals(SNIPPET)) {
      return "this cell: " + statement;
    }
    String type = matcher.group(1) == null ? "" : matcher.group(1).replace('$', '.') + ".";
    return "%s%s, line %d of its cell"
        .formatted(type, frame.getMethodName(), frame.getLineNumber() - LINES_BEFORE);
  }
}
