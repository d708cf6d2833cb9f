package dev.standstill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The command {@code standstill notebook}, so that help and completion know of it. The script
 * {@code standstill} carries it out with the module of that name, which this one does not see.
 */
@Command(
    name = "notebook",
    header = "Installs a Java kernel for tests and loops in Jupyter.",
    customSynopsis = "standstill notebook install [DIRECTORY]",
    description = {
      "",
      "Tells Jupyter of the kernel \"Java (Standstill)\", with a copy of all it runs on. DIRECTORY"
          + " is Jupyter's data directory; without it: that of the user, or what the environment"
          + " variable JUPYTER_DATA_DIR names.",
      ""
    },
    footer = {"", "To take it back: jupyter kernelspec remove standstill"},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class NotebookCommand implements Callable<Integer> {

  NotebookCommand() {}

  @Override
  public Integer call() throws UsageException {
    throw new UsageException(
        "The script standstill carries this command out: start it by that script.");
  }
}
