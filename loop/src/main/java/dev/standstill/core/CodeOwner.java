package dev.standstill.core;

import dev.standstill.jdk.CodeSources;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose code a frame of a stack is; the one place that decides it. Any thread may call. */
public enum CodeOwner {
  /** The program that runs: code of its own packages, and all that is not from a jar. */
  PROGRAM,
  /** A library: code from a jar. */
  LIBRARY,
  /** The JDK. */
  JDK,
  /** Loops and what they offer, and what runs programs or tests on them. */
  STANDSTILL;

  /** What is Standstill's where it does not come from a jar; names of classes begin so. */
  private static final List<String> LOOPS =
      List.of(
          "dev.standstill.core.",
          "dev.standstill.jdk.",
          "dev.standstill.hooks.",
          "dev.standstill.Event",
          "dev.standstill.GroupTasks",
          "dev.standstill.Limiter",
          "dev.standstill.PeriodicCallback",
          "dev.standstill.RealTimeLoop",
          "dev.standstill.TaskGroup",
          "dev.standstill.Timeout",
          "dev.standstill.cli.",
          "dev.standstill.explore.Exploration",
          "dev.standstill.explore.Investigation",
          "dev.standstill.explore.ProgramRun",
          "dev.standstill.explore.search.",
          "dev.standstill.jdbc.",
          "dev.standstill.metrics.",
          "dev.standstill.network.kernel.",
          "dev.standstill.network.Chaos",
          "dev.standstill.network.Conditions",
          "dev.standstill.network.Network",
          "dev.standstill.network.Wire",
          "dev.standstill.junit.LoopExtension",
          "dev.standstill.junit.Stages",
          "dev.standstill.junit.StoredStage",
          "dev.standstill.kotlin.LoopDispatcher",
          "dev.standstill.kotlin.LoopTests",
          "dev.standstill.junit4.Loop",
          "dev.standstill.testng.Loop",
          "dev.standstill.test.Driver",
          "dev.standstill.test.spi.MainMethod",
          "dev.standstill.test.stage.",
          "dev.standstill.test.TestLoop",
          "dev.standstill.test.VirtualTimeLoop",
          "org.junit.",
          "org.testng.");

  private static final String OURS = "dev.standstill.";

  /** Programs that show how loops are used; they come as a jar, too. */
  private static final String EXAMPLES = "dev.standstill.examples.";

  /** Names of the program's own packages, and of those below them, begin so. */
  private static volatile List<String> programs = List.of();

  /**
   * Says that code of the package {@code name} is the program's, and of those around it, even if it
   * comes from a jar: of those that share its first three parts, or all of a shorter one. An empty
   * name says nothing.
   */
  public static void addProgram(String name) {
    if (name.isEmpty()) {
      return;
    }
    List<String> parts = List.of(name.split("\\.")).subList(0, Math.min(3, dots(name) + 1));
    String prefix = String.join(".", parts) + ".";
    if (!programs.contains(prefix)) {
      programs = Stream.concat(programs.stream(), Stream.of(prefix)).toList();
    }
  }

  private static int dots(String name) {
    return (int) name.chars().filter(c -> c == '.').count();
  }

  /** Whose code a frame shows. */
  public static CodeOwner of(StackTraceElement frame) {
    String name = frame.getClassName();
    if (isJdk(frame, name)) {
      return JDK;
    }
    if (LOOPS.stream().anyMatch(name::startsWith)) {
      return STANDSTILL;
    }
    if (programs.stream().anyMatch(name::startsWith)
        || name.startsWith(EXAMPLES)
        || !CodeSources.isFromJar(name)) {
      return PROGRAM;
    }
    return name.startsWith(OURS) ? STANDSTILL : LIBRARY;
  }

  /**
   * The place in a stack that says most to whoever has written the program: the first frame that is
   * the program's or, if it has none, a library's.
   */
  public static Optional<StackTraceElement> placeIn(Collection<StackTraceElement> stack) {
    return first(stack, PROGRAM).or(() -> first(stack, LIBRARY));
  }

  private static Optional<StackTraceElement> first(
      Collection<StackTraceElement> stack, CodeOwner owner) {
    return stack.stream().filter(frame -> of(frame) == owner).findFirst();
  }

  private static boolean isJdk(StackTraceElement frame, String name) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."))
        || name.startsWith("java.");
  }
}
