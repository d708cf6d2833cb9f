package dev.standstill.spring;

import dev.standstill.junit.spi.LoopOwner;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.CacheAwareContextLoaderDelegate;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.cache.DefaultCacheAwareContextLoaderDelegate;

/**
 * A context in Spring's cache, which is there by its configuration. Those with a common parent are
 * one, as they share what the parent has started. Immutable; any thread may call.
 *
 * @param configuration that of the context, or of the farthest of its parents
 * @param servesOnNetwork whether it serves on a socket
 */
record ContextOwner(MergedContextConfiguration configuration, boolean servesOnNetwork)
    implements LoopOwner {

  /** It keeps no state but the cache, which is one for the JVM. */
  private static final CacheAwareContextLoaderDelegate CACHE =
      new DefaultCacheAwareContextLoaderDelegate();

  static ContextOwner of(MergedContextConfiguration configuration, boolean servesOnNetwork) {
    MergedContextConfiguration farthest = configuration;
    for (MergedContextConfiguration parent = farthest.getParent();
        parent != null;
        parent = farthest.getParent()) {
      farthest = parent;
    }
    return new ContextOwner(farthest, servesOnNetwork);
  }

  @Override
  public boolean isAlive() {
    return CACHE.isContextLoaded(configuration);
  }

  @Override
  public void close() {
    CACHE.closeContext(configuration, HierarchyMode.EXHAUSTIVE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContextOwner owner && configuration.equals(owner.configuration);
  }

  @Override
  public int hashCode() {
    return configuration.hashCode();
  }

  @Override
  public String toString() {
    return "the Spring context of " + configuration.getTestClass().getSimpleName();
  }
}
