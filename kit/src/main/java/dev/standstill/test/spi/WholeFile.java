package dev.standstill.test.spi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are there as a whole, or as they were: who reads meanwhile, or after this JVM was
 * killed, sees nothing in between.
 */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Replaces a file.
   *
   * @param temporary an empty file of the same folder that nobody else knows; it is gone afterwards
   * @throws IOException if it cannot be written; the file is as it was then
   */
  public static void replace(Path file, String text, Path temporary) throws IOException {
    try {
      Files.writeString(temporary, text, StandardCharsets.UTF_8);
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
