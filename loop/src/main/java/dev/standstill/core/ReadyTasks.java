package dev.standstill.core;

/**
 * The tasks that can run now, as a {@link Strategy} sees them: by position, from 0, which is ready
 * the longest. For the carrier, while it asks the strategy.
 */
public interface ReadyTasks {

  /** How many there are. */
  int size();

  /** The task at a position from 0 to {@code size() - 1}. */
  TaskRecord task(int position);
}
