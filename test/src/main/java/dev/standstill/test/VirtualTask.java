package dev.standstill.test;

import dev.standstill.Task;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task of a {@link VirtualTimeLoop}. */
final class VirtualTask<V extends @Nullable Object> extends LoopTask<V> implements Task<V> {

  VirtualTask(LoopExecutor loop, String name, Callable<V> body) {
    super(loop, name, body);
  }
}
