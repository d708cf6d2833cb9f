package dev.standstill.junit;

import dev.standstill.EventLoop;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * A loop that exists already, and what closes it. JUnit's stores close it, after all else that
 * lives as long: on JUnit's thread, so that the closer may wait for the thread of the loop.
 *
 * @param stage the loop
 * @param closer gets the loop once the task of the tests has ended
 */
@SuppressWarnings({
  "try", // It takes an interrupt like any exception.
  "deprecation" // Stores of JUnit 5.12 close nothing else.
})
record HostedLoop(StoredStage stage, ThrowingConsumer<? super EventLoop> closer)
    implements AutoCloseable, CloseableResource {

  @Override
  public void close() throws Exception {
    try (AutoCloseable last = this::callCloser) {
      stage.close();
    }
  }

  private void callCloser() throws Exception {
    try {
      closer.accept(stage.loop());
    } catch (Exception | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new AssertionError(
          "What closes %s failed: %s".formatted(stage.loop(), failure), failure);
    }
  }
}
