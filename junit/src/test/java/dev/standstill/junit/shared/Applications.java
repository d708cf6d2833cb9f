package dev.standstill.junit.shared;

import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.junit.spi.LoopOwners;
import java.util.Optional;

/** Knows of applications, as a module for a framework would. Found by {@code ServiceLoader}. */
public final class Applications implements LoopOwners {

  /** Called by {@code ServiceLoader}. */
  public Applications() {}

  @Override
  public Optional<LoopOwner> ownerFor(Class<?> testClass) {
    return Optional.ofNullable(testClass.getAnnotation(UsesApplication.class))
        .map(annotation -> Application.named(annotation.value()));
  }
}
