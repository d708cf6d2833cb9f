package dev.standstill.maven;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A line of arguments for a JVM, as Surefire takes it and JaCoCo's plugin changes it. */
final class ArgumentLine {

  private ArgumentLine() {}

  /**
   * Returns the line with the flag that lets an agent in; the line itself if it has the flag.
   *
   * @param line what was there before, or null
   */
  static String with(@Nullable String line, Path agent) {
    String flag = flagFor(agent);
    if (line == null || line.isBlank()) {
      return flag;
    }
    return line.contains(flag) ? line : line.stripTrailing() + " " + flag;
  }

  /** In double quotes as a whole, because JaCoCo's plugin reads no others; those hold blanks. */
  private static String flagFor(Path agent) {
    return "\"-javaagent:" + agent + "\"";
  }

  /** Tells whether no flag can name this path: a JVM takes what follows a "=" for options. */
  static boolean cannotName(Path agent) {
    return agent.toString().matches(".*[=\"].*");
  }
}
