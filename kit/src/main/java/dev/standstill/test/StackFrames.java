package dev.standstill.test;

import dev.standstill.core.CodeOwner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The stacks of a trace: without frames of loops, and each kept once. For one thread. */
final class StackFrames {

  private final Map<String, CodeOwner> owners = new TreeMap<>();
  private final Map<List<StackTraceElement>, List<StackTraceElement>> seen = new LinkedHashMap<>();
  private final Set<String> program = new TreeSet<>();

  /** The same stack, as users want to see it. */
  List<StackTraceElement> of(List<StackTraceElement> stack) {
    return stack.isEmpty() ? stack : seen.computeIfAbsent(stack, this::shown);
  }

  private List<StackTraceElement> shown(List<StackTraceElement> stack) {
    return stack.stream().filter(frame -> ownerOf(frame) != CodeOwner.STANDSTILL).toList();
  }

  private CodeOwner ownerOf(StackTraceElement frame) {
    return owners.computeIfAbsent(
        frame.getClassName(),
        name -> {
          CodeOwner owner = CodeOwner.of(frame);
          if (owner == CodeOwner.PROGRAM) {
            program.add(name);
          }
          return owner;
        });
  }

  /** The names of the classes that are the program's own, of all that were seen. */
  List<String> program() {
    return List.copyOf(program);
  }
}
