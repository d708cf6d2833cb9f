package dev.standstill.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of Standstill and that of the JVM. */
final class Version implements IVersionProvider {

  Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {
      "standstill " + ofStandstill(), "Java " + Runtime.version() + ", ${java.vm.name}"
    };
  }

  /** Maven writes it into the file, because classes in a directory have no manifest. */
  private static String ofStandstill() {
    try (InputStream version = Version.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(version).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
