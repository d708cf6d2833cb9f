package dev.standstill.explore.search;

/** Ends a task that goes on when its run is over. Nobody needs to know where. */
public final class RunOverError extends Error {

  private static final long serialVersionUID = 1;

  RunOverError() {
    super("The run is over.", null, false, false);
  }
}
