package dev.standstill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs to run. */
final class SourceFile {

  private SourceFile() {}

  /** Writes a source file into {@code directory}. */
  static Path write(Path directory, String name, String source) {
    try {
      return Files.writeString(directory.resolve(name), source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
