package dev.standstill.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong with a command, in a sentence, and where to read more. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  Errors() {}

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("Try %s --help.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  /**
   * Prints what cannot be run; anything else is a bug of ours, which picocli shows with its stack.
   */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result)
      throws Exception {
    if (e instanceof UsageException || e instanceof IllegalStateException) {
      command.getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
    throw e;
  }
}
