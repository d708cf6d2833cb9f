package dev.standstill.timeline;

import dev.standstill.test.Trace;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the lines of source that the stacks of a trace name. For one thread. */
final class Sources {

  /** Where builds have them. */
  static final List<Path> OF_BUILDS =
      Stream.of("src/main/java", "src/test/java", "src/main/kotlin", "src/test/kotlin", "src", ".")
          .map(Path::of)
          .toList();

  /** So many lines are shown before and after one. */
  private static final int AROUND = 3;

  /** A file with more is none that anybody has written. */
  private static final int MOST_LINES = 50_000;

  private final List<Path> roots;

  /**
   * @param roots folders with sources, and source files
   */
  Sources(List<Path> roots) {
    this.roots = roots;
  }

  /** All lines around those that frames of the program name, as far as they are found. */
  List<Trace.SourceLine> of(Trace trace) {
    Set<String> program = Set.copyOf(trace.program());
    Map<String, Set<Integer>> wanted = new TreeMap<>();
    Stream.of(trace, trace.passing() == null ? null : trace.passing().trace())
        .filter(Objects::nonNull)
        .flatMap(Sources::stacks)
        .distinct()
        .flatMap(Collection::stream)
        .filter(frame -> program.contains(frame.getClassName()))
        .forEach(frame -> want(frame, wanted));
    List<Trace.SourceLine> found = new ArrayList<>();
    wanted.forEach((file, lines) -> add(file, lines, found));
    return found;
  }

  private static Stream<List<StackTraceElement>> stacks(Trace trace) {
    return Stream.of(
            trace.slices().stream().map(Trace.Slice::stack),
            trace.tasks().stream().map(Trace.Task::startedAt),
            trace.failures().stream().map(Trace.Failure::stack))
        .flatMap(all -> all);
  }

  private static void want(StackTraceElement frame, Map<String, Set<Integer>> wanted) {
    String file = frame.getFileName();
    if (file != null && frame.getLineNumber() > 0) {
      int dot = frame.getClassName().lastIndexOf('.');
      String folder = dot < 0 ? "" : frame.getClassName().substring(0, dot).replace('.', '/') + "/";
      Set<Integer> lines = wanted.computeIfAbsent(folder + file, key -> new TreeSet<>());
      for (int line = frame.getLineNumber() - AROUND;
          line <= frame.getLineNumber() + AROUND;
          line++) {
        lines.add(line);
      }
    }
  }

  private void add(String file, Set<Integer> wanted, List<Trace.SourceLine> found) {
    List<String> lines = read(file);
    for (int line : wanted) {
      if (line >= 1 && line <= lines.size()) {
        found.add(new Trace.SourceLine(file, line, lines.get(line - 1)));
      }
    }
  }

  /** The lines of a file; none if there is none, or it cannot be read. */
  private List<String> read(String file) {
    return roots.stream()
        .map(root -> root.endsWith(file) || isFileOf(root, file) ? root : root.resolve(file))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Sources::lines)
        .orElse(List.of());
  }

  /** A source file may lie anywhere, whatever its package. */
  private static boolean isFileOf(Path root, String file) {
    return Files.isRegularFile(root) && root.endsWith(Path.of(file).getFileName());
  }

  private static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.limit(MOST_LINES).toList();
    } catch (MalformedInputException e) {
      return List.of();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }
}
