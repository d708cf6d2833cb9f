package dev.standstill.jdbc;

import dev.standstill.EventLoop;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * One call into a driver, kept from interrupts: whoever is interrupted meanwhile returns only when
 * the driver has. Used by one thread.
 *
 * <p>A virtual thread that is interrupted while it reads from a socket closes it ({@code
 * sun.nio.ch.NioSocketImpl}, JDK 25), and with it the connection that the whole scope shares. So
 * for a virtual thread the driver runs on a platform thread, in real time, and the caller waits for
 * its {@code FutureTask}, which a test loop can tell from a wait that only its own tasks can end.
 */
final class DriverCall<T extends @Nullable Object> {

  private final FutureTask<T> outcome;
  private volatile boolean started;

  private DriverCall(SqlCall<T> call) {
    outcome =
        new FutureTask<>(() -> {
          started = true;
          return call.call();
        });
  }

  /**
   * Makes the call and returns when it has ended. If the caller is interrupted before or meanwhile,
   * its interrupt status is set afterwards.
   *
   * @param aside whether a virtual thread needs a platform thread for this
   * @param execution what is to be cancelled if the caller is interrupted; null to go on to the end
   */
  static <T extends @Nullable Object> T make(
      SqlCall<T> call, boolean aside, @Nullable Execution execution) throws SQLException {
    boolean interrupted = execution == null && Thread.interrupted();
    try {
      return aside && closesSocketsWhenInterrupted()
          ? new DriverCall<>(call).aside(execution)
          : call.call();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Platform threads that run on a test loop are virtual threads below. */
  private static boolean closesSocketsWhenInterrupted() {
    return Thread.currentThread().isVirtual() || EventLoop.running().isPresent();
  }

  private T aside(@Nullable Execution execution) throws SQLException {
    EventLoop.outside().execute(outcome);
    awaitStart();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException e) {
          interrupted = true;
          if (execution != null) {
            execution.interrupt();
          }
        }
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Until the driver's thread is known as the runner of the {@code FutureTask}, nothing shows that
   * it is outside. It takes microseconds, so the carrier is kept: how often others would run
   * meanwhile would differ from run to run.
   */
  private void awaitStart() {
    while (!started) {}
  }

  private static SQLException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case SQLException failure -> failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case null, default -> new SQLException(e);
    };
  }
}
