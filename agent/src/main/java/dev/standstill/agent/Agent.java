package dev.standstill.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent: defines the hooks into {@code java.base} and rewrites the JDK and the
 * application to call them. It is called for {@code -javaagent:}, for {@code Launcher-Agent-Class}
 * and after {@link SelfAttach}, by {@link Bootstrap} where the JVM found it by this jar; loading it
 * again changes nothing.
 *
 * <p>Code that runs on no loop in virtual time behaves as before. If the JDK lacks what the agent
 * relies on, the program runs on and each such loop refuses to open, with a sentence that says what
 * is missing.
 */
public final class Agent {

  private static final List<String> LOOP_WORKS_ON =
      List.of(
          "java.lang",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.locks",
          "jdk.internal.vm",
          "jdk.internal.misc",
          "sun.nio.ch",
          "sun.net",
          "java.io",
          "java.net");

  private final Instrumentation instrumentation;
  private final HookClass hooks;
  private @Nullable String problem;

  private Agent(Instrumentation instrumentation, HookClass hooks) {
    this.instrumentation = instrumentation;
    this.hooks = hooks;
  }

  /**
   * Starts the agent before {@code main}; returns once the JDK is rewritten.
   *
   * @param arguments what the script {@code standstill} asks for; else not used
   * @param instrumentation of this JVM
   * @throws IllegalStateException if the hooks cannot be defined; the JVM then does not start
   */
  public static void premain(String arguments, Instrumentation instrumentation) {
    start(instrumentation);
    LaunchRequest.prepare(arguments, instrumentation);
  }

  /**
   * Starts the agent in a running JVM; returns once the JDK and the classes loaded so far are
   * rewritten.
   *
   * @param arguments not used
   * @param instrumentation of this JVM
   * @throws IllegalStateException if the hooks cannot be defined; nothing is changed then
   */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    start(instrumentation);
  }

  private static synchronized void start(Instrumentation instrumentation) {
    if (!HookClass.isDefined()) {
      new Agent(instrumentation, defineHooks(instrumentation)).rewrite();
    }
  }

  private static HookClass defineHooks(Instrumentation instrumentation) {
    try {
      open(instrumentation, List.of("java.lang"), Agent.class.getModule());
      return HookClass.define();
    } catch (IllegalAccessException | RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          Transformer.sentence("the agent cannot define its hooks in java.base (" + e + ")"), e);
    }
  }

  private void rewrite() {
    hooks.opener(module -> open(instrumentation, LOOP_WORKS_ON, module));
    hooks.instrumentation(instrumentation);
    hooks.loaded(
        instrumentation::getAllLoadedClasses,
        types -> LoadedClasses.retransform(instrumentation, types));
    hooks.problem(this::problem);
    SeededProgram seeded = new SeededProgram();
    hooks.seedsPrograms(() -> seeded.begin(instrumentation));
    try {
      instrumentation.addTransformer(
          new Transformer(this::problem, hooks::isActive, seeded, hooks::socketCalls), true);
      new LoadedClasses(instrumentation).retransform();
    } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
      problem(cannotRewrite(e));
    }
  }

  /** Notes what is missing; the first sentence stays. */
  private synchronized void problem(String sentence) {
    if (problem == null) {
      problem = sentence;
    }
  }

  /**
   * Returns what is missing, or null. The classes of the table pass through the transformer first:
   * many JVMs need few of them, so those are not loaded before a loop asks.
   */
  private @Nullable String problem() {
    try {
      loadTable();
    } catch (ClassNotFoundException | LinkageError e) {
      problem(cannotRewrite(e));
    }
    synchronized (this) {
      return problem;
    }
  }

  private static String cannotRewrite(Throwable reason) {
    return Transformer.sentence("the agent cannot rewrite a class (" + reason + ")");
  }

  private static void open(Instrumentation instrumentation, List<String> packages, Module module) {
    Map<String, Set<Module>> opens = new HashMap<>();
    for (String name : packages) {
      opens.put(name, Set.of(module));
    }
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
  }

  private static void loadTable() throws ClassNotFoundException {
    for (String type : Rewrites.TYPES) {
      Class.forName(type.replace('/', '.'), false, null);
    }
  }
}
