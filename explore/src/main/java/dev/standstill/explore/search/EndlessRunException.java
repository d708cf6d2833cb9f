package dev.standstill.explore.search;

import java.io.Serial;

/**
 * A run has passed so many points that it may have no end; thrown on the thread that drives. It is
 * no failure: servers have none. Without a stack, since nobody shows it.
 */
public final class EndlessRunException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  EndlessRunException() {
    super("The run was given up.", null, false, false);
  }
}
