package dev.standstill.cli;

import dev.standstill.explore.Exploration;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where failures are kept that explore finds. */
final class KeptOption {

  private static final String NONE = "none";

  @Option(
      names = "--failures",
      paramLabel = "FOLDER",
      description =
          "Keep the failure that is found also in this folder, which is meant to be checked in, and"
              + " run those in it first. Without it they are kept in target/standstill (or"
              + " build/standstill) if there is such a build folder, until they pass. none: neither"
              + " keep failures nor run kept ones.")
  private @Nullable String folder;

  KeptOption() {}

  void set(Exploration exploration, Explored program) {
    String name = nameOf(program.name(), program.arguments());
    if (folder == null) {
      exploration.keepFailures(name);
    } else if (!folder.equals(NONE)) {
      exploration.keepFailures(name, Path.of(folder));
    }
  }

  /** Whether anything was said of it. */
  boolean isGiven() {
    return folder != null;
  }

  /** The name under which failures of a program are kept. */
  static String nameOf(ChosenProgram program) {
    return nameOf(program.name(), program.arguments());
  }

  /** What is the same of a program wherever its project is. */
  private static String nameOf(String program, List<String> arguments) {
    Path here = Path.of("").toAbsolutePath();
    Path file = here.resolve(program).normalize();
    String name = file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    return Stream.concat(Stream.of(name.replace('\\', '/')), arguments.stream())
        .collect(Collectors.joining(" "))
        .replaceAll("\\R", " ");
  }
}
