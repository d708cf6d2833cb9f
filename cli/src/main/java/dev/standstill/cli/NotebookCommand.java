package dev.standstill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The command {@code standstill notebook}, so that help and completion know of it. The script
 * {@code standstill} carries it out with the module of that name, which this one does not see.
 */
@Command(name = "notebook", header = "Installs a Java kernel for tests and loops in Jupyter.")
final class NotebookCommand implements Callable<Integer> {

  NotebookCommand() {}

  @Override
  public Integer call() throws UsageException {
    throw new UsageException(
        "The script standstill carries this command out: start it by that script.");
  }
}
