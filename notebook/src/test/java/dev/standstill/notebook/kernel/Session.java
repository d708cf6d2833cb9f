package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.notebook.TestRun;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Cells of a notebook, run one after another on a thread of their own as the kernel does. */
final class Session implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cells").factory());

  private final Cells cells;

  Session() throws Exception {
    cells = thread.submit(Cells::new).get();
  }

  @Nullable Object run(String cell) throws Exception {
    try {
      return start(cell).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  /** Runs a cell whose value is a run of tests. */
  TestRun runTests(String cell) throws Exception {
    Object value = run(cell);
    assertThat(value).isInstanceOf(TestRun.class);
    return (TestRun) value;
  }

  Future<@Nullable Object> start(String cell) {
    return thread.submit(() -> cells.run(cell));
  }

  void interrupt() {
    cells.interrupt();
  }

  @Override
  public void close() {
    thread.execute(cells::close);
    thread.close();
  }
}
