package dev.standstill.cli;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Commands in JVMs of their own, as the script starts them. */
final class Launched {

  private Launched() {}

  /** Returns what carries out a command in a working directory. */
  static ProcessBuilder in(Path directory, Object... command) {
    return Jvm.launched(Stream.of(command).map(Object::toString).toList())
        .directory(directory.toFile());
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
