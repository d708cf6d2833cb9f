package dev.standstill.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Stream;

/** The jar file of the agent: the JVM loads an agent from nothing else. */
final class AgentJar {

  private static final String NAME = "standstill-agent";

  private AgentJar() {}

  /**
   * Returns the jar that has the class; in a build that has not been packaged, where the class lies
   * in a directory, the jar that lies beside that directory.
   *
   * @throws IllegalStateException if there is no jar
   */
  static Path of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw missing("in the run-time image");
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      return Files.isDirectory(place) ? beside(place) : place;
    } catch (URISyntaxException e) {
      throw missing(source.getLocation().toString());
    }
  }

  /** Returns the jar beside a directory of classes. */
  static Path beside(Path classes) {
    try (Stream<Path> siblings = Files.list(classes.toAbsolutePath().getParent())) {
      return siblings
          .filter(AgentJar::isAgent)
          .findFirst()
          .orElseThrow(() -> missing("" + classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAgent(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(NAME)
        && name.endsWith(".jar")
        && !name.matches(".*-(sources|javadoc|tests)\\.jar");
  }

  private static IllegalStateException missing(String place) {
    return new IllegalStateException(
        "Standstill's agent is no jar file here (its classes were found in %s): package it, and start the JVM with -javaagent:<path of %s.jar>."
            .formatted(place, NAME));
  }
}
