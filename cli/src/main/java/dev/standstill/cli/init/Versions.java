package dev.standstill.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions of what is added, which this build of Standstill goes with. Immutable. */
final class Versions {

  private final Properties properties = new Properties();

  private Versions() {}

  /** Reads them from the class path, where Maven has written them. */
  static Versions ofThisBuild() {
    Versions versions = new Versions();
    try (InputStream in =
        Objects.requireNonNull(
            Versions.class.getResourceAsStream("/dev/standstill/cli/init.properties"))) {
      versions.properties.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the version of a library or a plugin. */
  String of(String name) {
    return Objects.requireNonNull(properties.getProperty(name), name);
  }
}
