package dev.standstill.agent;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Has JUnit call other extensions than those that are registered. JUnit calls them on its own
 * thread and leaves nobody a say in it, so the agent rewrites the one method in which it looks them
 * up.
 */
public final class Extensions {

  /** Read from JUnit 6.1.3; the method is the same in 5.10. */
  static final MethodRewrite REWRITE =
      new MethodRewrite(
          "org/junit/jupiter/engine/extension/MutableExtensionRegistry",
          "stream",
          "(Ljava/lang/Class;)Ljava/util/stream/Stream;",
          new Edit.ReplaceResult(
              Hook.ofExtensions("replace"),
              "(Ljava/util/stream/Stream;Ljava/lang/Object;Ljava/lang/Class;)Ljava/util/stream/Stream;"),
          "extensions of JUnit run on the loop of the test");

  private Extensions() {}

  /**
   * Makes sure that the agent is in this JVM and has JUnit ask {@code replacement} from now on, in
   * place of any that it asked before. A JUnit that the agent does not know never asks. Any thread
   * may call.
   *
   * @param replacement takes the registry in which JUnit has looked up extensions and the type as
   *     which it is about to call them, returns what makes those to call of those that were found;
   *     any thread may call it
   * @throws IllegalStateException if the agent cannot be loaded; the message says why and which
   *     flag to add
   */
  public static void replaceBy(BiFunction<Object, Class<?>, UnaryOperator<Stream<?>>> replacement) {
    SelfAttach.attach();
    HookClass.replaceExtensions(replacement);
  }
}
