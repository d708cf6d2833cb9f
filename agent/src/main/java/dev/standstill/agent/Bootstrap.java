package dev.standstill.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * What a JVM loads of the agent's jar first, whichever way it was told to. The build compiles this
 * class for Java 8 and all others for Java 25, so that a JVM which is too old says so in a
 * sentence, where else it would throw an {@code UnsupportedClassVersionError}; hence it names no
 * other class. Public because a JVM asks that of an agent in a named module.
 */
public final class Bootstrap {

  private static final int NEEDED = 25;

  /** As when a JVM does not start for another reason. */
  private static final int NOT_STARTED = 1;

  private Bootstrap() {}

  /**
   * Called for {@code -javaagent:}. Ends a JVM that is too old.
   *
   * @param arguments not used
   * @param instrumentation of this JVM
   * @throws Throwable what the agent threw
   */
  public static void premain(String arguments, Instrumentation instrumentation) throws Throwable {
    endIfTooOld();
    start("premain", arguments, instrumentation);
  }

  /**
   * Called in a JVM that runs already, and goes on running whatever happens here.
   *
   * @param arguments not used
   * @param instrumentation of this JVM
   * @throws IllegalStateException if the JVM is too old
   * @throws Throwable what the agent threw
   */
  public static void agentmain(String arguments, Instrumentation instrumentation) throws Throwable {
    if (isTooOld()) {
      throw new IllegalStateException(refusal());
    }
    start("agentmain", arguments, instrumentation);
  }

  /**
   * Called for {@code java -jar}.
   *
   * @param arguments for {@link SelfAttach}
   * @throws Throwable what it threw
   */
  public static void main(String[] arguments) throws Throwable {
    endIfTooOld();
    call("SelfAttach", "main", new Class<?>[] {String[].class}, new Object[] {arguments});
  }

  private static void start(String method, String arguments, Instrumentation instrumentation)
      throws Throwable {
    call(
        "Agent",
        method,
        new Class<?>[] {String.class, Instrumentation.class},
        new Object[] {arguments, instrumentation});
  }

  private static void call(String type, String method, Class<?>[] types, Object[] arguments)
      throws Throwable {
    try {
      Class.forName("dev.standstill.agent." + type)
          .getMethod(method, types)
          .invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static void endIfTooOld() {
    if (isTooOld()) {
      System.err.println(refusal());
      System.exit(NOT_STARTED);
    }
  }

  private static boolean isTooOld() {
    return isTooOld(System.getProperty("java.specification.version"));
  }

  /** Up to Java 8 the number stands behind a 1 and a dot. */
  static boolean isTooOld(String specification) {
    return specification.startsWith("1.") || Integer.parseInt(specification) < NEEDED;
  }

  private static String refusal() {
    return "Standstill needs JDK "
        + NEEDED
        + ", and this JVM is Java "
        + System.getProperty("java.version")
        + " ("
        + System.getProperty("java.home")
        + "): start it with JDK "
        + NEEDED
        + ", for example by JAVA_HOME or by the toolchain of the build.";
  }
}
