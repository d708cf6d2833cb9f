package dev.standstill.jdbc;

import dev.standstill.EventLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The physical connection of one scope: one transaction, never committed, used by one unit of work
 * at a time. Any thread may use it.
 */
final class SharedConnection {

  private static final String SCOPE = "standstill_scope";
  private static final String UNIT = "standstill_unit";

  private final Connection physical;
  private final boolean autoCommitBefore;
  private final Savepoint beginning;
  private final Database database;
  private final ConnectionTurn turn;
  private final ScopeWatch watch;

  private SharedConnection(Connection physical, String name, Duration deadlockLimit)
      throws SQLException {
    this.physical = physical;
    turn = new ConnectionTurn(name, deadlockLimit);
    watch = new ScopeWatch(turn, deadlockLimit);
    autoCommitBefore = physical.getAutoCommit();
    database = Database.of(physical);
    physical.setAutoCommit(false);
    beginning = physical.setSavepoint(SCOPE);
  }

  /**
   * Takes a connection from {@code source} and begins the transaction.
   *
   * @param name what messages call the data source
   * @param deadlockLimit see {@link ScopeWatch}
   */
  static SharedConnection open(DataSource source, String name, Duration deadlockLimit)
      throws SQLException {
    SharedConnection opened =
        DriverCall.make(() -> begin(source.getConnection(), name, deadlockLimit), true, null);
    EventLoop.outside().execute(opened.watch);
    return opened;
  }

  private static SharedConnection begin(Connection physical, String name, Duration deadlockLimit)
      throws SQLException {
    try {
      return new SharedConnection(physical, name, deadlockLimit);
    } catch (SQLException | RuntimeException | Error e) {
      physical.close();
      throw e;
    }
  }

  Connection physical() {
    return physical;
  }

  Database database() {
    return database;
  }

  ConnectionTurn turn() {
    return turn;
  }

  /**
   * Makes one call as a unit of work of its own.
   *
   * @param statement what to cancel when the caller is interrupted, or null
   * @param realTime whether the driver needs real time, also where it computes by itself
   */
  <T extends @Nullable Object> T callAlone(
      SqlCall<T> call, SessionSettings settings, @Nullable Statement statement, boolean realTime)
      throws SQLException {
    turn.take(null);
    try {
      return drive(() -> inSavepoint(call, settings), statement, realTime);
    } finally {
      turn.give();
    }
  }

  private <T extends @Nullable Object> T inSavepoint(SqlCall<T> call, SessionSettings settings)
      throws SQLException {
    Savepoint savepoint = database.failureStaysInStatement() ? null : physical.setSavepoint(UNIT);
    SessionSettings.Previous previous = null;
    try {
      previous = settings.apply(physical);
      T result = call.call();
      release(savepoint);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      undo(savepoint, e);
      throw e;
    } finally {
      SessionSettings.set(physical, previous);
    }
  }

  private void release(@Nullable Savepoint savepoint) throws SQLException {
    if (savepoint != null) {
      physical.releaseSavepoint(savepoint);
    }
  }

  private void undo(@Nullable Savepoint savepoint, Throwable because) {
    try {
      if (savepoint != null) {
        physical.rollback(savepoint);
      }
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /** Begins a unit of work of several calls, when its turn has come. */
  UnitOfWork begin(SessionSettings settings) throws SQLException {
    turn.take(StackOf.caller("A unit of work was begun"));
    try {
      return drive(
          () -> {
            Savepoint savepoint = physical.setSavepoint(UNIT);
            return new UnitOfWork(this, savepoint, settings.apply(physical));
          },
          null,
          false);
    } catch (SQLException | RuntimeException | Error e) {
      turn.give();
      throw e;
    }
  }

  /** Makes a call for the unit of work that has the turn; see {@link #callAlone}. */
  <T extends @Nullable Object> T drive(
      SqlCall<T> call, @Nullable Statement statement, boolean realTime) throws SQLException {
    if (statement != null) {
      turn.refuseInterrupted();
    }
    turn.enterDriver();
    Execution execution = statement == null ? null : watch.executing(statement);
    try {
      return DriverCall.make(call, realTime || !database.inMemory(), execution);
    } finally {
      if (execution != null) {
        watch.executed();
      }
      turn.leaveDriver();
    }
  }

  /**
   * Undoes everything and gives the physical connection back.
   *
   * @throws SQLException if the database cannot be reached, or the transaction was committed behind
   *     the scope's back
   */
  void end() throws SQLException {
    turn.end();
    watch.wake();
    watch.cancel();
    DriverCall.make(this::undoAll, true, null);
  }

  private @Nullable Void undoAll() throws SQLException {
    try (physical) {
      if (physical.isClosed()) {
        return null;
      }
      SQLException committed = whetherCommitted();
      physical.rollback();
      physical.setAutoCommit(autoCommitBefore);
      if (committed != null) {
        throw committed;
      }
    }
    return null;
  }

  /** A savepoint does not outlive its transaction. */
  private @Nullable SQLException whetherCommitted() {
    try {
      physical.rollback(beginning);
      return null;
    } catch (SQLException e) {
      return new SQLException(
          "%s committed during the scope of %s, so changes were kept: something in it, such as a stored procedure, a script or a DDL statement, ended the transaction."
              .formatted(database.product(), turn.name()),
          "2D000",
          e);
    }
  }
}
