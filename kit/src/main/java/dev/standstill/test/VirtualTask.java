package dev.standstill.test;

import dev.standstill.Task;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task of a {@link VirtualTimeLoop}. */
final class VirtualTask<V extends @Nullable Object> extends LoopTask<V> implements Task<V> {

  private final boolean background;

  VirtualTask(LoopExecutor loop, String name, Callable<V> body, boolean background) {
    super(loop, name, body);
    this.background = background;
  }

  @Override
  protected boolean isBackground() {
    return background;
  }
}
