package dev.standstill.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code getConnection()} returns in a scope: a connection with an autocommit mode, units of
 * work and statements of its own, on the physical connection that all share. Any thread may use it.
 */
final class LogicalConnection extends JdbcProxy {

  private final SharedConnection shared;
  private final Connection proxy;
  private final StackOf opened = StackOf.caller("A connection was opened");
  private final Consumer<LogicalConnection> whenClosed;
  private final SessionSettings settings = new SessionSettings();

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Set<Statement> statements = new LinkedHashSet<>();
  private @Nullable UnitOfWork unit;

  private volatile boolean autoCommit = true;
  private volatile boolean closed;

  /**
   * @param whenClosed told once, by whoever closes it
   */
  LogicalConnection(SharedConnection shared, Consumer<LogicalConnection> whenClosed) {
    super(shared.physical());
    this.shared = shared;
    this.whenClosed = whenClosed;
    proxy = create(Connection.class, this);
  }

  Connection proxy() {
    return proxy;
  }

  /** Where it was opened. */
  StackOf opened() {
    return opened;
  }

  boolean hasOpenUnit() {
    return unit() != null;
  }

  @Override
  @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    switch (method.getName()) {
      case "close", "abort" -> close();
      case "isClosed" -> {
        return isClosed();
      }
      case "isValid" -> {
        return !isClosed() && !shared.physical().isClosed();
      }
      default -> {
        return answerOpen(method, arguments, call);
      }
    }
    return null;
  }

  private @Nullable Object answerOpen(Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    ensureOpen();
    return switch (method.getName()) {
      case "setAutoCommit",
          "getAutoCommit",
          "commit",
          "rollback",
          "setSavepoint",
          "releaseSavepoint" ->
          answerTransaction(method, arguments, call);
      case "createStatement", "prepareStatement", "prepareCall" ->
          open(method, arguments.length == 0 ? null : arguments[0], call);
      case "getMetaData" ->
          create(
              DatabaseMetaData.class,
              new LogicalMetaData((DatabaseMetaData) driverObject(call), this));
      case "setClientInfo" -> execute(call, null, false);
      default -> answerSetting(method, arguments, call);
    };
  }

  private @Nullable Object answerTransaction(
      Method method, @Nullable Object[] arguments, Invocation call) throws SQLException {
    switch (method.getName()) {
      case "getAutoCommit" -> {
        return autoCommit;
      }
      case "setAutoCommit" -> setAutoCommit(arguments);
      case "setSavepoint" -> {
        return setSavepoint(call);
      }
      case "releaseSavepoint" -> withSavepoint(method, arguments);
      case "rollback" -> {
        if (arguments.length == 1) {
          withSavepoint(method, arguments);
        } else {
          requireTransaction(method);
          rollback();
        }
      }
      default -> {
        requireTransaction(method);
        commit();
      }
    }
    return null;
  }

  private @Nullable Object answerSetting(
      Method method, @Nullable Object[] arguments, Invocation call) throws SQLException {
    switch (method.getName()) {
      case "setReadOnly" -> settings.readOnly = (Boolean) arguments[0];
      case "setTransactionIsolation" -> settings.isolation = (Integer) arguments[0];
      case "setHoldability" -> settings.holdability = (Integer) arguments[0];
      case "setCatalog" -> settings.catalog = (String) arguments[0];
      case "setSchema" -> settings.schema = (String) arguments[0];
      case "setNetworkTimeout" -> settings.networkTimeoutMillis = (Integer) arguments[1];
      case "isReadOnly" -> {
        return orDriver(settings.readOnly, call);
      }
      case "getTransactionIsolation" -> {
        return orDriver(settings.isolation, call);
      }
      case "getHoldability" -> {
        return orDriver(settings.holdability, call);
      }
      case "getCatalog" -> {
        return orDriver(settings.catalog, call);
      }
      case "getSchema" -> {
        return orDriver(settings.schema, call);
      }
      case "getNetworkTimeout" -> {
        return orDriver(settings.networkTimeoutMillis, call);
      }
      default -> {
        return LogicalLob.wrap(call.call(), this);
      }
    }
    return null;
  }

  /** The driver may have to ask the database. */
  private @Nullable Object orDriver(@Nullable Object own, Invocation call) throws SQLException {
    return own == null ? execute(call, null, false) : own;
  }

  private Statement open(Method method, @Nullable Object sql, Invocation call) throws SQLException {
    if (sql instanceof String given) {
      check(given);
    }
    LogicalStatement handler = new LogicalStatement((Statement) driverObject(call), this);
    Statement statement = (Statement) create(method.getReturnType(), handler);
    locked(() -> statements.add(statement));
    return statement;
  }

  private static Object driverObject(Invocation call) throws SQLException {
    Object object = call.call();
    if (object == null) {
      throw new SQLException("The driver returned null from " + call.method());
    }
    return object;
  }

  /** Refuses SQL that would end the shared transaction. */
  void check(String sql) throws SQLException {
    shared.database().refuseWhatEndsTransactions(sql);
  }

  void forget(Statement statement) {
    locked(() -> statements.remove(statement));
  }

  /**
   * Lets the driver execute something: in the open unit of work, in a new one, or in autocommit
   * mode as a unit of its own.
   */
  <T extends @Nullable Object> T execute(
      SqlCall<T> call, @Nullable Statement statement, boolean realTime) throws SQLException {
    ensureOpen();
    return autoCommit
        ? shared.callAlone(call, settings, statement, realTime)
        : openUnit().call(call, statement, realTime);
  }

  /**
   * Moves in rows that were asked for before. A driver may have to fetch more of them inside a unit
   * of work; in autocommit mode, and after the unit, it has all that it will ever have.
   */
  <T extends @Nullable Object> T fetch(SqlCall<T> call) throws SQLException {
    UnitOfWork open = autoCommit || shared.database().inMemory() ? null : unit();
    return open == null ? call.call() : open.call(call, null, false);
  }

  /**
   * Goes on with what was asked for before, such as reading a large object: in the unit of work if
   * one is open, else by itself.
   */
  <T extends @Nullable Object> T executeLater(SqlCall<T> call) throws SQLException {
    UnitOfWork open = unit();
    return open == null
        ? shared.callAlone(call, settings, null, false)
        : open.call(call, null, false);
  }

  boolean isAutoCommit() {
    return autoCommit;
  }

  private UnitOfWork openUnit() throws SQLException {
    lock.lock();
    try {
      UnitOfWork open = unit;
      if (open == null) {
        open = shared.begin(settings);
        unit = open;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  private void setAutoCommit(@Nullable Object[] arguments) throws SQLException {
    boolean wanted = Boolean.TRUE.equals(arguments[0]);
    if (wanted != autoCommit) {
      commit();
      autoCommit = wanted;
    }
  }

  private void commit() throws SQLException {
    UnitOfWork ending = takeUnit();
    if (ending != null) {
      ending.commit();
    }
  }

  private void rollback() throws SQLException {
    UnitOfWork ending = takeUnit();
    if (ending != null) {
      ending.rollback();
    }
  }

  private void requireTransaction(Method method) throws SQLException {
    if (autoCommit) {
      throw new SQLException(
          "%s() needs a unit of work, and the connection is in autocommit mode: call setAutoCommit(false) first."
              .formatted(method.getName()),
          "25000");
    }
  }

  private Savepoint setSavepoint(Invocation call) throws SQLException {
    requireTransaction(call.method());
    UnitOfWork in = openUnit();
    Savepoint savepoint = (Savepoint) in.call(() -> driverObject(call), null, false);
    return new UnitSavepoint(savepoint, in);
  }

  private void withSavepoint(Method method, @Nullable Object[] arguments) throws SQLException {
    requireTransaction(method);
    UnitOfWork open = unit();
    if (!(arguments[0] instanceof UnitSavepoint savepoint) || savepoint.unit() != open) {
      throw new SQLException(
          "%s: the savepoint is not one of this connection's open unit of work."
              .formatted(method.getName()),
          "3B001");
    }
    Object[] ofDriver = {savepoint.delegate()};
    open.call(new Invocation(shared.physical(), method, ofDriver), null, false);
  }

  private @Nullable UnitOfWork unit() {
    return locked(() -> unit);
  }

  private @Nullable UnitOfWork takeUnit() {
    return locked(() -> {
      UnitOfWork taken = unit;
      unit = null;
      return taken;
    });
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    return closed || shared.turn().hasEnded();
  }

  private void ensureOpen() throws SQLException {
    if (closed) {
      throw new SQLException("The connection is closed.", "08003");
    }
    if (shared.turn().hasEnded()) {
      throw shared.turn().scopeEnded();
    }
  }

  /** Closes it; what its open unit of work has done is undone, as most databases do. */
  void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    whenClosed.accept(this);
    try {
      closeStatements();
    } finally {
      rollback();
    }
  }

  private void closeStatements() throws SQLException {
    List<Statement> open = locked(() -> new ArrayList<>(statements));
    for (Statement statement : open) {
      statement.close();
    }
  }
}
