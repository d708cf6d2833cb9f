package dev.standstill.jdbc;

import dev.standstill.jdbc.dialect.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * What a logical connection does from its first statement to commit or rollback: a savepoint of the
 * shared transaction. It has the turn from its beginning to its end, or is nested in one that has.
 * Any thread may use it.
 */
final class UnitOfWork {

  private final SharedConnection shared;
  private final Session session;
  private final Savepoint savepoint;
  private final SessionSettings.@Nullable Previous before;
  private final StackOf begun;

  /** Whether it was undone with the unit that it was nested in. */
  private volatile boolean lost;

  // Of who has the turn.
  private boolean wrote;
  private @Nullable StackOf keptInside;
  private @Nullable StackOf writtenOver;

  /**
   * @param before what the settings were that the unit has changed
   */
  UnitOfWork(
      SharedConnection shared,
      Session session,
      Savepoint savepoint,
      SessionSettings.@Nullable Previous before,
      StackOf begun) {
    this.shared = shared;
    this.session = session;
    this.savepoint = savepoint;
    this.before = before;
    this.begun = begun;
  }

  Session session() {
    return session;
  }

  /** Where it was begun. */
  StackOf begun() {
    return begun;
  }

  /** Where what has been written would be undone with it, although it is not its own; or null. */
  @Nullable StackOf writtenByOthers() {
    return keptInside == null ? writtenOver : keptInside;
  }

  boolean hasWritten() {
    return wrote || keptInside != null;
  }

  /** A unit that was nested in this one is kept. */
  void keepsInside(StackOf nested) {
    keptInside = nested;
  }

  /** The unit in which this one is nested has written meanwhile. */
  void isWrittenOver(StackOf outer) {
    writtenOver = outer;
  }

  /** It has been undone with the unit that it was nested in. */
  void lose() {
    lost = true;
  }

  private void requireNotLost() throws SQLException {
    if (lost) {
      throw new SQLTransactionRollbackException(
          "This unit of work was nested in one that has been rolled back, and was undone with it; on a connection of its own it would not be. nestedUnits() cannot show this case: test it without a scope.",
          "40001",
          begun);
    }
  }

  /** Makes a call inside the unit. */
  <T extends @Nullable Object> T call(SqlCall<T> call, Work work) throws SQLException {
    if (shared.turn().hasEnded()) {
      throw shared.turn().scopeEnded();
    }
    requireNotLost();
    return shared.drive(
        () -> {
          T result = shared.withEffects(session, call, work);
          if (work.writes()) {
            wrote = true;
            shared.openUnits().wrote(this);
          }
          return result;
        },
        work);
  }

  /** A rollback to a savepoint of the application's has undone a part of it. */
  void undonePartly() throws SQLException {
    session.undonePartly(shared.physical());
  }

  /**
   * Keeps the unit's changes, until the scope ends.
   *
   * @throws SQLException if they cannot be kept: on PostgreSQL, because a statement of the unit has
   *     failed, or a deferred constraint does; they are undone then
   */
  void commit() throws SQLException {
    requireNotLost();
    end(() -> shared.openUnits().commit(this));
  }

  /** Undoes the unit's changes. */
  void rollback() throws SQLException {
    if (!lost && !shared.turn().hasEnded()) {
      shared.turn().tellWhoWaitedInVain(begun);
    }
    end(() -> shared.openUnits().rollback(this));
  }

  private void end(SqlAction ending) throws SQLException {
    if (lost || shared.turn().hasEnded()) {
      return;
    }
    try {
      shared.drive(
          () -> {
            ending.run();
            return true;
          },
          Work.LOOK);
    } finally {
      shared.giveIfDone();
    }
  }

  /** Keeps it on the server; for {@link OpenUnits}. */
  void keep() throws SQLException {
    Connection physical = shared.physical();
    try {
      session.keep(physical, savepoint);
    } catch (SQLException e) {
      undoAfter(e);
      throw e;
    } finally {
      SessionSettings.set(physical, before);
    }
  }

  private void undoAfter(SQLException failure) {
    try {
      shared.physical().rollback(savepoint);
      session.undone(shared.physical());
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Undoes it on the server; for {@link OpenUnits}. */
  void undo() throws SQLException {
    Connection physical = shared.physical();
    try {
      physical.rollback(savepoint);
      session.undone(physical);
      physical.releaseSavepoint(savepoint);
    } finally {
      SessionSettings.set(physical, before);
    }
  }
}
