package dev.standstill.junit4;

import dev.standstill.agent.Statements;
import dev.standstill.test.suite.SuiteReport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.internal.runners.statements.Fail;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * Lets tests run on loops whose classes name neither a runner nor a rule: those with {@link
 * OnLoop}, and those that the parameter {@code standstill.loop} names. On the JUnit Platform that
 * happens by itself; elsewhere, as with {@code JUnitCore}, {@link #install} is called before the
 * tests are run. Any thread may call.
 */
public final class LoopSuite {

  private LoopSuite() {}

  /**
   * Has JUnit 4 run such tests on loops from now on. Parameters are system properties. If there is
   * a report of the suite, it is printed when the JVM ends.
   *
   * @throws IllegalStateException if the agent cannot be loaded; the message says why and which
   *     flag to add
   */
  public static void install() {
    install(System::getProperty);
    SuiteReport.begin(LoopSuite.class, System::getProperty)
        .ifPresent(report -> Runtime.getRuntime().addShutdownHook(new Thread(report::end)));
  }

  /**
   * Has JUnit 4 run such tests on loops from now on.
   *
   * @param parameters gives the value of a parameter such as {@code standstill.loop}, null if it
   *     has none
   * @throws IllegalStateException if the agent cannot be loaded; the message says why and which
   *     flag to add
   */
  public static void install(Function<String, @Nullable String> parameters) {
    LoopSettings.takeParametersFrom(parameters);
    Statements.replaceBy((statement, test) -> onLoop((Statement) statement, (Description) test));
  }

  private static Statement onLoop(Statement statement, Description test) {
    return LoopNotes.noting(onLoopIfMeant(statement, test), test);
  }

  private static Statement onLoopIfMeant(Statement statement, Description test) {
    try {
      return LoopSettings.isLooped(test) ? LoopStatement.onOwnLoop(statement, test) : statement;
    } catch (IllegalArgumentException e) {
      return new Fail(e);
    }
  }
}
