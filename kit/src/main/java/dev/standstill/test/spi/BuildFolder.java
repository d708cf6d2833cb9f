package dev.standstill.test.spi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where what is found and reported is kept between builds. Any thread may call. */
public final class BuildFolder {

  /** Where builds put what they make; the first that is there counts. */
  private static final List<Path> BUILDS = List.of(Path.of("target"), Path.of("build"));

  private static final String OURS = "standstill";

  private BuildFolder() {}

  /**
   * Returns Standstill's own folder in that of the build, which need not exist yet; empty if there
   * is none of a build.
   */
  public static Optional<Path> find() {
    return BUILDS.stream().filter(Files::isDirectory).findFirst().map(path -> path.resolve(OURS));
  }
}
