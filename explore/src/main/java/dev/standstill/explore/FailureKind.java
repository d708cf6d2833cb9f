package dev.standstill.explore;

import dev.standstill.explore.shrink.SameFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * In which way a schedule fails. Failures that come of one mistake are of one kind: their
 * exceptions are of the same classes, thrown at the same places of the program; of a deadlock, the
 * tasks are blocked at the same places. What an exception says does not count. A schedule that is
 * made small fails in the same way. Immutable.
 *
 * @param text the exceptions, the first one first, each with its place; the same in each JVM
 */
public record FailureKind(String text) {

  /** So many letters tell all kinds apart that anybody will see. */
  private static final int DIGEST_LETTERS = 16;

  static FailureKind of(Throwable failure) {
    return new FailureKind(SameFailure.as(failure).whole());
  }

  /**
   * Returns a short name.
   *
   * @return 16 letters and digits
   */
  public String digest() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("each Java has SHA-256", e);
    }
  }

  /**
   * Returns what stays the same when lines are added to the program elsewhere.
   *
   * @return the text, without the numbers of lines
   */
  public String withoutLines() {
    return text.replaceAll(":[0-9]+\\)", ")");
  }
}
