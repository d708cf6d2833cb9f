package dev.standstill;

import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task of a {@link RealTimeLoop}. */
final class SpawnedTask<V extends @Nullable Object> extends LoopTask<V> implements Task<V> {

  SpawnedTask(LoopExecutor loop, String name, Callable<V> body) {
    super(loop, name, body);
  }
}
