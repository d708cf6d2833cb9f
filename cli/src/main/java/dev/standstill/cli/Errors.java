package dev.standstill.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
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
    String word = wordInPlaceOfCommand(e);
    if (word == null) {
      err.println(e.getMessage());
      UnmatchedArgumentException.printSuggestions(e, err);
    } else {
      err.printf("%s is no command%s%n", word, guess(word, command));
    }
    err.printf("Try %s --help.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  /** What stands where a command should; else null. */
  private static @Nullable String wordInPlaceOfCommand(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && e.getCommandLine().getParent() == null
            && !unmatched.getUnmatched().getFirst().startsWith("-")
        ? unmatched.getUnmatched().getFirst()
        : null;
  }

  private static String guess(String word, CommandLine command) {
    if (word.endsWith(".java") || word.endsWith(".jar")) {
      return ": did you mean ./standstill run %s%s?"
          .formatted(word.endsWith(".jar") ? "-jar " : "", word);
    }
    return Nearest.to(word, command.getSubcommands().keySet())
        .map(": did you mean %s?"::formatted)
        .orElse(".");
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
