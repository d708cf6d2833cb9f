package dev.standstill.cli;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands in JVMs of their own, whose class path is the program's, as the script starts them. */
final class Launched {

  private Launched() {}

  /** Returns what carries out a command in a working directory. */
  static ProcessBuilder in(Path directory, String classPath, Object... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                Jvm.tool("java"),
                Jvm.agent(),
                "-cp",
                classPath,
                "dev.standstill.agent.Launcher",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    for (Object each : command) {
      all.add(each.toString());
    }
    return new ProcessBuilder(all).directory(directory.toFile());
  }

  /** Carries out a command, with options that come before the class path. */
  static Outcome run(Path directory, String classPath, String command, Object... rest)
      throws IOException, InterruptedException {
    List<Object> all = new ArrayList<>(List.of(command, "-cp", classPath));
    all.addAll(List.of(rest));
    return outcome(in(directory, classPath, all.toArray()));
  }

  static Outcome outcome(ProcessBuilder command) throws IOException, InterruptedException {
    Child.Result result = Child.run(command);
    return new Outcome(result.status(), result.out(), result.err());
  }
}
