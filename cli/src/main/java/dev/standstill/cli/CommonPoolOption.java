package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How large the common pool of the program's loop is: for all commands that run one. */
final class CommonPoolOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private @Nullable Integer size;

  CommonPoolOption() {}

  @Option(
      names = "--common-pool",
      paramLabel = "N",
      description =
          "How many workers the common pool has. Without it: what the JDK's system property says,"
              + " else 3.")
  void size(int size) {
    if (size <= 0) {
      throw new ParameterException(
          command.commandLine(),
          "--common-pool=%d: the pool has to have one worker at least.".formatted(size));
    }
    this.size = size;
  }

  boolean isGiven() {
    return size != null;
  }

  void set(TestLoop.Builder settings) {
    if (size != null) {
      settings.commonPool(size);
    }
  }

  /** The option as a user gives it, followed by a space; empty if it was not given. */
  String toRepeat() {
    return size == null ? "" : "--common-pool %d ".formatted(size);
  }
}
