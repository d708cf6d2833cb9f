package dev.standstill.junit.spi;

import java.util.Optional;

/** Knows what tests share; found by {@code ServiceLoader}. Any thread may call. */
public interface LoopOwners {

  /**
   * Finds what the tests of a class use that outlives them. Asked once for each class.
   *
   * @param testClass a class with tests
   * @return what owns their loop; empty if nothing does
   */
  Optional<LoopOwner> ownerFor(Class<?> testClass);
}
