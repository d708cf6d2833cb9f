package dev.standstill.test;

import dev.standstill.core.CodeOwner;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a report that show a stack: the program's own frames, and how many of which
 * libraries lie between them. Neither the JDK's nor a loop's frames are shown.
 */
final class StackLines {

  /** How many frames of the program are shown, and of a library if the program has none. */
  private static final int FRAMES = 10;

  private static final int OF_LIBRARY = 6;

  private static final String INDENT = "      ";

  private final List<String> lines = new ArrayList<>();

  /** Frames of one library that follow each other and are not shown yet. */
  private final List<StackTraceElement> library = new ArrayList<>();

  private int shown;
  private int left;

  private StackLines() {}

  /** The lines of a stack, innermost frame first; empty if all of it is the JDK's or a loop's. */
  static List<String> of(List<StackTraceElement> stack) {
    StackLines lines = new StackLines();
    boolean hasProgram = stack.stream().anyMatch(f -> CodeOwner.of(f) == CodeOwner.PROGRAM);
    for (StackTraceElement frame : stack) {
      switch (CodeOwner.of(frame)) {
        case PROGRAM -> lines.show(frame);
        case LIBRARY -> {
          if (hasProgram || lines.shown == OF_LIBRARY) {
            lines.fold(frame);
          } else {
            lines.show(frame);
          }
        }
        case JDK, STANDSTILL -> {}
      }
    }
    return lines.end();
  }

  private void show(StackTraceElement frame) {
    if (shown == FRAMES) {
      left++;
      return;
    }
    unfold();
    lines.add(INDENT + "at " + frame);
    shown++;
  }

  private void fold(StackTraceElement frame) {
    if (shown == FRAMES) {
      left++;
      return;
    }
    if (!library.isEmpty() && !startOf(library.getLast()).equals(startOf(frame))) {
      unfold();
    }
    library.add(frame);
  }

  private void unfold() {
    if (library.size() == 1) {
      lines.add(INDENT + "at " + library.getFirst());
    } else if (!library.isEmpty()) {
      lines.add(INDENT + "… %d of %s".formatted(library.size(), nameOf(library)));
    }
    library.clear();
  }

  private List<String> end() {
    unfold();
    if (left > 0) {
      lines.add(INDENT + "… %d more".formatted(left));
    }
    return lines;
  }

  /** What tells one library from the next: the first two parts of a package. */
  private static String startOf(StackTraceElement frame) {
    List<String> parts = packageOf(frame);
    return String.join(".", parts.subList(0, Math.min(2, parts.size())));
  }

  /** The package that holds all of the frames. */
  private static String nameOf(List<StackTraceElement> frames) {
    List<String> common = packageOf(frames.getFirst());
    for (StackTraceElement frame : frames) {
      List<String> other = packageOf(frame);
      int same = 0;
      while (same < Math.min(common.size(), other.size())
          && common.get(same).equals(other.get(same))) {
        same++;
      }
      common = common.subList(0, same);
    }
    return String.join(".", common);
  }

  private static List<String> packageOf(StackTraceElement frame) {
    List<String> parts = List.of(frame.getClassName().split("\\."));
    return parts.size() == 1 ? parts : parts.subList(0, parts.size() - 1);
  }
}
