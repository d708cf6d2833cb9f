package dev.standstill.jdbc;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The scope that a data source, and all that were made from it, have now. Any thread may use it.
 */
final class CurrentScope {

  private final AtomicReference<@Nullable RollbackScope> open = new AtomicReference<>();

  @Nullable RollbackScope get() {
    return open.get();
  }

  /** Makes {@code begun} the current one, unless there is one, which is returned; else null. */
  @Nullable RollbackScope begin(RollbackScope begun) {
    return open.compareAndExchange(null, begun);
  }

  void ended(RollbackScope ended) {
    open.compareAndSet(ended, null);
  }
}
