package dev.standstill.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a logical connection does from its first statement to commit or rollback: a savepoint of the
 * shared transaction. It has the turn from its beginning to its end. Any thread may use it.
 */
final class UnitOfWork {

  private final SharedConnection shared;
  private final Savepoint savepoint;
  private final SessionSettings.@Nullable Previous before;

  /**
   * @param before what the settings were that the unit has changed
   */
  UnitOfWork(
      SharedConnection shared, Savepoint savepoint, SessionSettings.@Nullable Previous before) {
    this.shared = shared;
    this.savepoint = savepoint;
    this.before = before;
  }

  /** Makes a call inside the unit. */
  <T extends @Nullable Object> T call(
      SqlCall<T> call, @Nullable Statement statement, boolean realTime) throws SQLException {
    if (shared.turn().hasEnded()) {
      throw shared.turn().scopeEnded();
    }
    return shared.drive(call, statement, realTime);
  }

  /**
   * Keeps the unit's changes, until the scope ends.
   *
   * @throws SQLException if they cannot be kept, because on PostgreSQL a statement of the unit has
   *     failed; they are undone then
   */
  void commit() throws SQLException {
    end(() -> {
      try {
        shared.physical().releaseSavepoint(savepoint);
      } catch (SQLException e) {
        shared.physical().rollback(savepoint);
        throw e;
      }
      return null;
    });
  }

  /** Undoes the unit's changes. */
  void rollback() throws SQLException {
    end(() -> {
      Connection physical = shared.physical();
      physical.rollback(savepoint);
      physical.releaseSavepoint(savepoint);
      return null;
    });
  }

  private void end(SqlCall<@Nullable Void> ending) throws SQLException {
    if (shared.turn().hasEnded()) {
      return;
    }
    try {
      shared.drive(
          () -> {
            try {
              return ending.call();
            } finally {
              SessionSettings.set(shared.physical(), before);
            }
          },
          null,
          false);
    } finally {
      shared.turn().give();
    }
  }
}
