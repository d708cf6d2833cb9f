package dev.standstill.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.jspecify.annotations.Nullable;

/** The lines of cells that begin with {@code %}. Confined to the thread of the cells. */
final class LineCommands {

  private static final String CLASS_PATH = "%classpath";

  /** What a line can begin with, and what is said of it. */
  private static final String KNOWN =
      """
      %classpath FILE-OR-DIRECTORY adds to the class path; DIRECTORY/* adds all jars in it.
      %%test as the first line of a cell runs its tests.\
      """;

  private final JShell shell;

  LineCommands(JShell shell) {
    this.shell = shell;
  }

  /**
   * Does what a line says.
   *
   * @throws CellException if it cannot be done
   */
  void obey(String line) throws CellException {
    String[] words = line.split("\\s+", 2);
    if (words.length < 2 || !words[0].equals(CLASS_PATH)) {
      throw new CellException(
          "This kernel does not know \"%s\". It knows:%n%s".formatted(line, KNOWN));
    }
    for (Path path : filesOf(words[1].strip())) {
      shell.addToClasspath(path.toString());
    }
  }

  /** The rest of a text, with empty lines for ours. */
  static String without(String code) {
    return code.replaceAll("(?m)^%.*$", "");
  }

  /** How the line at a place can go on; null if it is none of ours. */
  static @Nullable ReplacementOptions complete(String code, int at) {
    int start = code.lastIndexOf('\n', at - 1) + 1;
    String line = code.substring(start, at);
    if (!line.startsWith("%")) {
      return null;
    }
    if (line.startsWith(CLASS_PATH + " ")) {
      String path = line.substring(CLASS_PATH.length()).stripLeading();
      return new ReplacementOptions(pathsFrom(path), at - path.length(), at);
    }
    List<String> names = Stream.of(CLASS_PATH + " ", Cells.TESTS).toList();
    return new ReplacementOptions(
        names.stream().filter(name -> name.startsWith(line)).toList(), start, at);
  }

  /** The directories and jars whose path begins so. */
  private static List<String> pathsFrom(String begun) {
    String parent = begun.substring(0, begun.lastIndexOf('/') + 1);
    String name = begun.substring(parent.length());
    try (Stream<Path> files = Files.list(Path.of(parent.isEmpty() ? "." : parent))) {
      return files
          .filter(file -> Files.isDirectory(file) || file.toString().endsWith(".jar"))
          .filter(file -> file.getFileName().toString().startsWith(name))
          .map(file -> parent + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // No such directory, so nothing in it.
    }
  }

  private static List<Path> filesOf(String argument) throws CellException {
    boolean all = argument.endsWith("/*");
    Path path = Path.of(all ? argument.substring(0, argument.length() - 2) : argument);
    if (!Files.exists(path)) {
      throw new CellException(
          "%s: there is no %s (the kernel runs in %s)."
              .formatted(CLASS_PATH, path, Path.of("").toAbsolutePath()));
    }
    if (!all) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new CellException("%s: %s cannot be read: %s".formatted(CLASS_PATH, path, e));
    }
  }
}
