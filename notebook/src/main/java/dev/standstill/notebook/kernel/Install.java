package dev.standstill.notebook.kernel;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command {@code standstill notebook install}. */
final class Install {

  private static final String USAGE =
      """
      Usage: standstill notebook install [DIRECTORY]

      Tells Jupyter of the kernel "Java (Standstill)", with a copy of all it runs on.
        DIRECTORY   Jupyter's data directory; by default that of the user, or what the
                    environment variable JUPYTER_DATA_DIR names.
      To take it back: jupyter kernelspec remove standstill
      """;

  private static final List<String> HELP = List.of("-h", "--help");

  private static final int OK = 0;
  private static final int BAD_USAGE = 2;
  private static final int FAILED = 1;

  private Install() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /** Returns the exit code. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.stream().anyMatch(HELP::contains)) {
      out.print(USAGE);
      return OK;
    }
    String problem = problemOf(arguments);
    if (!problem.isEmpty()) {
      err.println(problem);
      err.println("Try standstill notebook --help.");
      return BAD_USAGE;
    }
    Path data =
        arguments.size() == 2 ? Path.of(arguments.get(1)) : KernelSpecification.dataOfUser();
    try {
      Path directory = new KernelSpecification(data).install(jarsOfThisProcess());
      out.println("Installed the kernel \"Java (Standstill)\" in " + directory);
      out.println("Start it with: jupyter notebook");
      return OK;
    } catch (IOException e) {
      err.printf("The kernel could not be installed in %s: %s%n", data, e);
      return FAILED;
    }
  }

  /** What is wrong with a command, as a sentence; empty if nothing is. */
  private static String problemOf(List<String> arguments) {
    if (arguments.isEmpty()) {
      return "What shall be done? There is one command: install.";
    }
    for (String argument : arguments) {
      if (argument.startsWith("-")) {
        return "Unknown option: '%s'".formatted(argument);
      }
    }
    if (!arguments.getFirst().equals("install")) {
      return "There is no command '%s': there is one command, install."
          .formatted(arguments.getFirst());
    }
    return arguments.size() > 2
        ? "One directory can be named after install, and '%s' is one more."
            .formatted(arguments.get(2))
        : "";
  }

  private static List<Path> jarsOfThisProcess() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
        .toList();
  }
}
