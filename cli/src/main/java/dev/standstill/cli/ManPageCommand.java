package dev.standstill.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code standstill generate-man-page}. */
@Command(
    name = "generate-man-page",
    header = "Prints the manual page, for man.",
    mixinStandardHelpOptions = true)
final class ManPageCommand implements Runnable {

  @Spec private CommandSpec spec;

  ManPageCommand() {}

  @Override
  public void run() {
    System.out.print(new ManPage(spec.root(), new Version().getVersion()[0]).text());
  }
}
