package dev.standstill.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call into a driver, kept from interrupts: whoever is interrupted meanwhile asks the database
 * to cancel, and returns only when the driver has. Used by one thread.
 *
 * <p>A virtual thread that is interrupted while it reads from a socket closes it ({@code
 * sun.nio.ch.NioSocketImpl}, JDK 25), and with it the connection that the whole scope shares. So
 * for a virtual thread the driver runs on a platform thread, in real time, and the caller waits for
 * its {@code FutureTask}, which a test loop can tell from a wait that only its own tasks can end.
 */
final class DriverCall<T extends @Nullable Object> {

  private static final long CANCEL_AGAIN_MILLIS = 50;

  private final FutureTask<T> outcome;
  private final @Nullable Statement statement;
  private volatile boolean started;

  private DriverCall(SqlCall<T> call, @Nullable Statement statement) {
    this.statement = statement;
    outcome =
        new FutureTask<>(() -> {
          started = true;
          return call.call();
        });
  }

  /**
   * Makes the call and returns when it has ended. The interrupt status of the caller stays as it
   * is.
   *
   * @param aside whether a virtual thread needs a platform thread for this
   * @param statement what to cancel when the caller is interrupted; null to wait for the end
   */
  static <T extends @Nullable Object> T make(
      SqlCall<T> call, boolean aside, @Nullable Statement statement) throws SQLException {
    boolean interrupted = Thread.interrupted();
    try {
      return aside && closesSocketsWhenInterrupted()
          ? new DriverCall<>(call, statement).aside()
          : call.call();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Platform threads that run on a test loop are virtual threads below. */
  private static boolean closesSocketsWhenInterrupted() {
    return Thread.currentThread().isVirtual() || DriverThreads.isOnLoop();
  }

  private T aside() throws SQLException {
    DriverThreads.start(outcome);
    // Until the driver's thread is known as the runner of the FutureTask, nothing shows that it is
    // outside.
    while (!started) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return outcome.get();
        } catch (InterruptedException e) {
          if (!interrupted && statement != null) {
            DriverThreads.start(this::cancel);
          }
          interrupted = true;
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

  private static SQLException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case SQLException failure -> failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case null, default -> new SQLException(e);
    };
  }

  /**
   * Repeats, because a driver ignores a cancellation that comes before it has sent the statement.
   */
  private void cancel() {
    boolean ended = false;
    while (!ended) {
      cancelStatement();
      try {
        outcome.get(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        ended = true;
      } catch (TimeoutException e) {
        ended = false;
      } catch (ExecutionException | InterruptedException e) {
        ended = true;
      }
    }
  }

  private void cancelStatement() {
    try {
      if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      System.getLogger("dev.standstill").log(System.Logger.Level.DEBUG, "Cannot cancel", e);
    }
  }
}
