package dev.standstill.agent;

import java.util.function.BiFunction;

/**
 * Has JUnit 4 run other statements than those that it has made of tests. Rules and runners can do
 * that for classes that name them; for all others the agent rewrites the one method that runs a
 * test.
 */
public final class Statements {

  /** Read from JUnit 4.13.2; the method is the same in 4.12. */
  static final MethodRewrite REWRITE =
      new MethodRewrite(
          "org/junit/runners/ParentRunner",
          "runLeaf",
          "(Lorg/junit/runners/model/Statement;Lorg/junit/runner/Description;Lorg/junit/runner/notification/RunNotifier;)V",
          new Edit.ReplaceFirstArgument(
              Hook.ofExtensions("statement"),
              "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;"),
          "tests of JUnit 4 run on loops");

  private Statements() {}

  /**
   * Makes sure that the agent is in this JVM and has JUnit 4 ask {@code replacement} from now on,
   * in place of any that it asked before. Any thread may call.
   *
   * @param replacement takes the statement that runs a test and the description of the test,
   *     returns the statement to run; any thread may call it
   * @throws IllegalStateException if the agent cannot be loaded; the message says why and which
   *     flag to add
   */
  public static void replaceBy(BiFunction<Object, Object, Object> replacement) {
    SelfAttach.attach();
    HookClass.replaceStatements(replacement);
  }
}
