package dev.standstill.jdbc;

import dev.standstill.EventLoop;
import dev.standstill.jdbc.dialect.ConnectionSource;
import dev.standstill.jdbc.dialect.Dialect;
import dev.standstill.jdbc.dialect.Session;
import dev.standstill.jdbc.dialect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The physical connection of one scope: one transaction, never committed, used by one unit of work
 * at a time. Any thread may use it.
 */
final class SharedConnection {

  private static final String UNIT = "standstill_unit";

  private final Connection physical;
  private final boolean autoCommitBefore;
  private final Dialect dialect;
  private final ConnectionTurn turn;
  private final ScopeWatch watch;
  private final OpenUnits openUnits;

  private SharedConnection(Connection physical, ConnectionSource others, String name)
      throws SQLException {
    this.physical = physical;
    turn = new ConnectionTurn(name);
    watch = new ScopeWatch(turn);
    openUnits = new OpenUnits(name);
    autoCommitBefore = physical.getAutoCommit();
    dialect = Dialect.of(physical, others);
    physical.setAutoCommit(false);
    dialect.begin(physical);
  }

  /**
   * Takes a connection from {@code source} and begins the transaction.
   *
   * @param name what messages call the data source
   */
  static SharedConnection open(DataSource source, String name) throws SQLException {
    SharedConnection opened = DriverCall.make(() -> begin(source, name), true, null);
    EventLoop.outside().execute(opened.watch);
    return opened;
  }

  private static SharedConnection begin(DataSource source, String name) throws SQLException {
    Connection physical = source.getConnection();
    try {
      return new SharedConnection(physical, source::getConnection, name);
    } catch (SQLException | RuntimeException | Error e) {
      physical.close();
      throw e;
    }
  }

  Connection physical() {
    return physical;
  }

  Dialect dialect() {
    return dialect;
  }

  OpenUnits openUnits() {
    return openUnits;
  }

  ConnectionTurn turn() {
    return turn;
  }

  /** Makes one call as a unit of work of its own. */
  <T extends @Nullable Object> T callAlone(SqlCall<T> call, LogicalSession session, Work work)
      throws SQLException {
    boolean nested = takeOrNest(session, null);
    try {
      T result = drive(() -> inSavepoint(call, session, work), work);
      if (nested && work.writes()) {
        openUnits.wroteAlone(StackOf.caller("A statement was executed"));
      }
      return result;
    } finally {
      if (!nested) {
        turn.give();
      }
    }
  }

  /** Whether the unit that is about to begin is nested in one of the same thread. */
  private boolean takeOrNest(LogicalSession session, @Nullable StackOf begun) throws SQLException {
    if (session.options().nestsUnits() && turn.isOfCaller()) {
      return true;
    }
    turn.take(begun, session.options().deadlockLimit());
    return false;
  }

  /** Numbered by how deep they are nested: databases know savepoints by their names. */
  private Savepoint setSavepoint() throws SQLException {
    return physical.setSavepoint(UNIT + (openUnits.isEmpty() ? "" : "_" + openUnits.size()));
  }

  private <T extends @Nullable Object> T inSavepoint(
      SqlCall<T> call, LogicalSession session, Work work) throws SQLException {
    Savepoint savepoint = dialect.failureStaysInStatement() ? null : setSavepoint();
    SessionSettings.Previous previous = null;
    try {
      previous = session.settings().apply(physical);
      session.ofDialect().begin(physical, false, sessionAround());
      T result = withEffects(session.ofDialect(), call, work);
      if (savepoint != null) {
        session.ofDialect().keep(physical, savepoint);
      }
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      undo(savepoint, session, e);
      throw e;
    } finally {
      SessionSettings.set(physical, previous);
    }
  }

  private @Nullable Session sessionAround() {
    UnitOfWork around = openUnits.innermost();
    return around == null ? null : around.session();
  }

  private void undo(@Nullable Savepoint savepoint, LogicalSession session, Throwable because) {
    try {
      if (savepoint != null) {
        physical.rollback(savepoint);
        session.ofDialect().undone(physical);
      }
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /** Makes a call, and has the dialect look after what its SQL does to transaction and session. */
  <T extends @Nullable Object> T withEffects(Session session, SqlCall<T> call, Work work)
      throws SQLException {
    for (Sql sql : work.sql()) {
      session.before(physical, sql);
    }
    T result = call.call();
    for (Sql sql : work.sql()) {
      session.after(physical, sql);
    }
    return result;
  }

  /**
   * Begins a unit of work of several calls, when its turn has come.
   *
   * @param readOnly whether it is to refuse writes, where the database does
   */
  UnitOfWork begin(LogicalSession session, boolean readOnly) throws SQLException {
    StackOf begun = StackOf.caller("A unit of work was begun");
    takeOrNest(session, begun);
    try {
      return drive(() -> beginInTurn(session, readOnly, begun), Work.LOOK);
    } finally {
      giveIfDone();
    }
  }

  private UnitOfWork beginInTurn(LogicalSession session, boolean readOnly, StackOf begun)
      throws SQLException {
    Savepoint savepoint = setSavepoint();
    try {
      SessionSettings.Previous before = session.settings().apply(physical);
      session.ofDialect().begin(physical, readOnly, sessionAround());
      UnitOfWork unit = new UnitOfWork(this, session.ofDialect(), savepoint, before, begun);
      openUnits.begin(unit);
      return unit;
    } catch (SQLException e) {
      undo(savepoint, session, e);
      throw e;
    }
  }

  /** Gives the turn to the next if no unit of work is open any more. */
  void giveIfDone() {
    if (openUnits.isEmpty()) {
      turn.give();
    }
  }

  /** Makes a call for the unit of work that has the turn; see {@link #callAlone}. */
  <T extends @Nullable Object> T drive(SqlCall<T> call, Work work) throws SQLException {
    Statement statement = work.statement();
    if (statement != null) {
      turn.refuseInterrupted();
    }
    turn.enterDriver();
    Execution execution = statement == null ? null : watch.executing(statement);
    try {
      return DriverCall.make(call, work.realTime() || !dialect.isInMemory(), execution);
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
      undoPhysical();
    }
    SQLException told = openUnits.undoneWithOthers();
    if (told != null) {
      throw told;
    }
    return null;
  }

  private void undoPhysical() throws SQLException {
    SQLException kept = undoUnlessKept();
    try {
      physical.rollback();
      dialect.cleanUp(physical);
      physical.setAutoCommit(autoCommitBefore);
    } catch (SQLException e) {
      if (kept == null) {
        throw e;
      }
      kept.addSuppressed(e);
    }
    if (kept != null) {
      throw kept;
    }
  }

  /** Why not all could be undone; null if it was. */
  private @Nullable SQLException undoUnlessKept() {
    try {
      dialect.undo(physical, turn.name());
      return null;
    } catch (SQLException e) {
      return e;
    }
  }
}
