package dev.standstill.hooks;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What JUnit, rewritten, calls about its extensions and, in JUnit 4, its statements. The agent
 * defines a copy of this class as {@code java.lang.StandstillExtensions}; this original is never
 * called. Any thread may call.
 */
public final class ExtensionHooks {

  /**
   * Takes the registry in which JUnit has looked up extensions and the type as which it is about to
   * call them, returns what becomes of them. Set by {@code dev.standstill.agent.Extensions}.
   */
  public static volatile @Nullable BiFunction<Object, Class<?>, UnaryOperator<Stream<?>>>
      replacement;

  /**
   * Takes a statement of JUnit 4 that runs a test and the description of the test, returns the
   * statement to run. Set by {@code dev.standstill.agent.Statements}.
   */
  public static volatile @Nullable BiFunction<Object, Object, Object> statements;

  private ExtensionHooks() {}

  /** Returns the extensions that JUnit is to call. */
  public static Stream<?> replace(Stream<?> found, Object registry, Class<?> type) {
    BiFunction<Object, Class<?>, UnaryOperator<Stream<?>>> delegate = replacement;
    return delegate == null ? found : delegate.apply(registry, type).apply(found);
  }

  /** Returns the statement that JUnit 4 is to run. */
  public static Object statement(Object statement, Object description) {
    BiFunction<Object, Object, Object> delegate = statements;
    return delegate == null ? statement : delegate.apply(statement, description);
  }
}
