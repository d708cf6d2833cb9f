package dev.standstill.hooks;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What JUnit, rewritten, calls about its extensions. The agent defines a copy of this class as
 * {@code java.lang.StandstillExtensions}; this original is never called. Any thread may call.
 */
public final class ExtensionHooks {

  /**
   * Takes the registry in which JUnit has looked up extensions and the type as which it is about to
   * call them, returns what becomes of them. Set by {@code dev.standstill.agent.Extensions}.
   */
  public static volatile @Nullable BiFunction<Object, Class<?>, UnaryOperator<Stream<?>>>
      replacement;

  private ExtensionHooks() {}

  /** Returns the extensions that JUnit is to call. */
  public static Stream<?> replace(Stream<?> found, Object registry, Class<?> type) {
    BiFunction<Object, Class<?>, UnaryOperator<Stream<?>>> delegate = replacement;
    return delegate == null ? found : delegate.apply(registry, type).apply(found);
  }
}
