package dev.standstill.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/** A statement that a thread executes and that another can cancel. Any thread may use it. */
final class Execution {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final Thread thread = Thread.currentThread();
  private final Statement statement;
  private final Runnable whenInterrupted;
  private volatile boolean interrupted;

  /**
   * The caller executes from now on.
   *
   * @param whenInterrupted called by {@link #interrupt}
   */
  Execution(Statement statement, Runnable whenInterrupted) {
    this.statement = statement;
    this.whenInterrupted = whenInterrupted;
  }

  /** The thread that executes was interrupted and does not show it any more. */
  void interrupt() {
    interrupted = true;
    whenInterrupted.run();
  }

  /** Whether it goes on although its thread was interrupted. */
  boolean isInterrupted() {
    return interrupted || thread.isInterrupted();
  }

  /** Asks the database to cancel, which ignores that while the statement is not yet executed. */
  void cancel() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "Cannot cancel", e);
    }
  }
}
