package dev.standstill.jdk;

import java.io.Serial;

/**
 * Thrown when a loop is opened on a JVM that lacks, or does not open, what loops rely on.
 *
 * <p>The message is one sentence that names the JDK found, the missing piece and the flag or
 * version that helps.
 */
public final class UnsupportedJdkException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  private UnsupportedJdkException(String message, Throwable cause) {
    super(message, cause);
  }

  private UnsupportedJdkException(String message) {
    super(message);
  }

  static UnsupportedJdkException closed(Piece piece, Throwable cause) {
    String packageName = piece.className().substring(0, piece.className().lastIndexOf('.'));
    return new UnsupportedJdkException(
        "java.base/%s is closed to Standstill in this JVM (%s): start it with -javaagent:standstill-agent.jar, or, for production loops only, with --add-opens java.base/java.lang=%s."
            .formatted(packageName, jdk(), moduleName()),
        cause);
  }

  static UnsupportedJdkException missing(Piece piece, Throwable cause) {
    return missing(piece.className(), piece.member(), cause);
  }

  static UnsupportedJdkException missing(String className, String member, Throwable cause) {
    return new UnsupportedJdkException(
        "This JDK (%s) has no %s in %s, on which Standstill relies: use JDK 25, or a Standstill made for this JDK."
            .formatted(jdk(), member, className),
        cause);
  }

  static UnsupportedJdkException withoutModule(String module, String purpose) {
    return new UnsupportedJdkException(
        "This JVM (%s) was made without the module %s, which Standstill needs to %s: add it with jlink --add-modules %s."
            .formatted(jdk(), module, purpose, module));
  }

  static UnsupportedJdkException agent(String problem) {
    return new UnsupportedJdkException(
        "Standstill's agent cannot virtualise time on this JDK (%s): %s".formatted(jdk(), problem));
  }

  private static String moduleName() {
    Module module = UnsupportedJdkException.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }

  private static String jdk() {
    return System.getProperty("java.vendor.version", "JDK") + ", " + Runtime.version();
  }
}
