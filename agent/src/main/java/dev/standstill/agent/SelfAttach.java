package dev.standstill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads the agent into the JVM that is running, for programs that were started without {@code
 * -javaagent:}. A JVM does not attach to itself unless it was told to, so a short-lived second one
 * does it.
 */
public final class SelfAttach {

  /** Flags in the environment are meant for the program: a second debugger port would clash. */
  private static final List<String> FLAGS_OF_THE_PROGRAM =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private SelfAttach() {}

  /**
   * Makes sure that the agent is in this JVM: returns at once if it is, else after it was loaded,
   * which takes less than a second as a rule. The JVM prints its warning about agents that are
   * loaded dynamically, unless it runs with {@code -XX:+EnableDynamicAgentLoading}. Any thread may
   * call it.
   *
   * <p>A method that is running meanwhile goes on as it was until it is called again, and a method
   * reference to a clock that was evaluated before keeps the real one; {@code -javaagent:} has
   * neither limit.
   *
   * @throws IllegalStateException if the agent cannot be loaded; the message says why and which
   *     flag to add
   */
  public static synchronized void attach() {
    if (HookClass.isDefined()) {
      return;
    }
    Path jar = AgentJar.of(SelfAttach.class);
    if (ModuleFinder.ofSystem().find("jdk.attach").isEmpty()) {
      throw refused("the JDK in " + System.getProperty("java.home") + " lacks jdk.attach", jar);
    }
    String said = runSecondJvm(jar);
    if (!HookClass.isDefined()) {
      throw refused(said.isBlank() ? "the agent did not start" : said.strip(), jar);
    }
  }

  /**
   * What the second JVM runs: loads the agent into the first. If that fails it prints why and ends
   * with status 1.
   *
   * @param arguments the process id of the first JVM and the path of the agent's jar
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.out.println("Usage: java -jar standstill-agent.jar <process id> <path of this jar>");
      System.exit(2);
    }
    try {
      Attachment.load(arguments[0], arguments[1]);
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Returns what it said, which is nothing if all went well. */
  private static String runSecondJvm(Path jar) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String self = Long.toString(ProcessHandle.current().pid());
    ProcessBuilder second =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                jar.toString(),
                SelfAttach.class.getName(),
                self,
                jar.toString())
            .redirectErrorStream(true);
    second.environment().keySet().removeAll(FLAGS_OF_THE_PROGRAM);
    try (InputStream output = second.start().getInputStream()) {
      return new String(output.readAllBytes(), Charset.defaultCharset());
    } catch (IOException e) {
      throw refused("no second JVM can be started to attach it: " + e.getMessage(), jar);
    }
  }

  private static IllegalStateException refused(String why, Path jar) {
    return new IllegalStateException(
        "Standstill's agent could not be loaded into the running JVM (%s). Add -javaagent:%s to its flags."
            .formatted(why, jar));
  }
}
