package dev.standstill.children;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Another JDK than the one that runs the tests, if one lies where operating systems put them. */
public final class OtherJdk {

  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

  private OtherJdk() {}

  /**
   * Returns the home of a JDK, or of a run-time environment, of a release.
   *
   * @param feature its number, such as 17
   */
  public static Optional<Path> home(int feature) throws IOException {
    if (!Files.isDirectory(USUAL_PLACE)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(USUAL_PLACE)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> isOf(home, feature))
          .sorted()
          .findFirst();
    }
  }

  /** The file "release" tells the version, and is missing from few JDKs: those are left out. */
  private static boolean isOf(Path home, int feature) {
    try {
      return Files.readString(home.resolve("release"))
          .lines()
          .anyMatch(line -> line.matches("JAVA_VERSION=\"" + feature + "[.\"+-].*"));
    } catch (IOException e) {
      return false;
    }
  }
}
