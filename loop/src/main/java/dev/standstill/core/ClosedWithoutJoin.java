package dev.standstill.core;

import org.jspecify.annotations.Nullable;

/**
 * A block has been left without waiting for its tasks. A type of its own, so that it is told from
 * what clean-ups throw, where an interrupt has ended the block.
 */
public final class ClosedWithoutJoin extends IllegalStateException {

  private static final long serialVersionUID = 1;

  public ClosedWithoutJoin(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
