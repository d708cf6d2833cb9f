package dev.standstill.cli;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands in JVMs of their own, as the script starts them. */
final class Launched {

  private static final String SCRIPT =
      "source \"$1\"; launch \"$2\" \"${3#-javaagent:}\" \"${@:4}\"";

  private Launched() {}

  /** Returns what carries out a command in a working directory. */
  static ProcessBuilder in(Path directory, Object... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                SCRIPT,
                "standstill",
                Path.of("../tools/launch").toAbsolutePath().toString(),
                Jvm.tool("java"),
                Jvm.agent(),
                System.getProperty("java.class.path")));
    for (Object each : command) {
      all.add(each.toString());
    }
    return new ProcessBuilder(all).directory(directory.toFile());
  }

  /** Carries out a command. */
  static Outcome run(Path directory, Object... command) throws IOException, InterruptedException {
    return run(in(directory, command));
  }

  /** Carries out a command. */
  static Outcome run(ProcessBuilder command) throws IOException, InterruptedException {
    Child.Result result = Child.run(command);
    return new Outcome(result.status(), result.out(), result.err());
  }
}
