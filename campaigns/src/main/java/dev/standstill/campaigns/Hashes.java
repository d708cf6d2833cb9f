package dev.standstill.campaigns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Numbers and names that depend on texts, the same in each JVM. */
final class Hashes {

  private static final int LETTERS = 16;

  private Hashes() {}

  /** A number, 0 or more. */
  static long number(String... texts) {
    return ByteBuffer.wrap(hash(texts)).getLong() & Long.MAX_VALUE;
  }

  /** 16 letters and digits. */
  static String name(String... texts) {
    return HexFormat.of().formatHex(hash(texts)).substring(0, LETTERS);
  }

  private static byte[] hash(String... texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("each Java has SHA-256", e);
    }
  }
}
