package dev.standstill;

import dev.standstill.core.GroupMember;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task of a {@link RealTimeLoop}. */
final class SpawnedTask<V extends @Nullable Object> extends LoopTask<V> implements Task<V> {

  private final boolean tellsFailureAtEnd;

  private SpawnedTask(LoopExecutor loop, String name, Callable<V> body, boolean tellsFailureAtEnd) {
    super(loop, name, body);
    this.tellsFailureAtEnd = tellsFailureAtEnd;
  }

  /** A task whose failure is told at its end, unless its group does that. */
  static <V extends @Nullable Object> SpawnedTask<V> of(
      LoopExecutor loop, String name, Callable<V> body) {
    return new SpawnedTask<>(loop, name, body, !(body instanceof GroupMember));
  }

  /** A task whose failure is thrown to whoever has started it, and waits for it. */
  static <V extends @Nullable Object> SpawnedTask<V> awaited(
      LoopExecutor loop, String name, Callable<V> body) {
    return new SpawnedTask<>(loop, name, body, false);
  }

  @Override
  protected boolean tellsFailureAtEnd() {
    return tellsFailureAtEnd;
  }
}
