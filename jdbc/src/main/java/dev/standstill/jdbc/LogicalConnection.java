package dev.standstill.jdbc;

import dev.standstill.jdbc.dialect.Sql;
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
  private final boolean keptByPool;
  private final SessionSettings settings = new SessionSettings();
  private final LogicalSession session;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Set<Statement> statements = new LinkedHashSet<>();
  private @Nullable UnitOfWork unit;

  private volatile boolean autoCommit = true;

  /** Whether the application may have an object of the driver since the last call. */
  private volatile boolean reached;

  private volatile boolean closed;

  /**
   * @param options of the data source that it comes from
   * @param whenClosed told once, by whoever closes it
   */
  LogicalConnection(
      SharedConnection shared, Options options, Consumer<LogicalConnection> whenClosed) {
    super(shared.physical());
    this.shared = shared;
    this.whenClosed = whenClosed;
    keptByPool = options.beneathPool();
    session = new LogicalSession(options, settings, shared.dialect().session());
    proxy = create(Connection.class, this);
  }

  Connection proxy() {
    return proxy;
  }

  /** Where it was opened. */
  StackOf opened() {
    return opened;
  }

  /** Whether it is a leak if it is open at the end of the scope. */
  boolean leaks() {
    return !keptByPool || unit() != null;
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
    if (isOfDriver(method)) {
      return reached().call(call, Work.CHANGE);
    }
    endReached();
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
      case "setClientInfo" -> execute(call, Work.LOOK);
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
    if (settings.set(method.getName(), arguments)) {
      return null;
    }
    if (SessionSettings.isGetter(method.getName())) {
      Object own = settings.get(method.getName());
      // The driver may have to ask the database.
      return own == null ? execute(call, Work.LOOK) : own;
    }
    return LogicalLob.wrap(call.call(), this);
  }

  private Statement open(Method method, @Nullable Object given, Invocation call)
      throws SQLException {
    Sql sql = given instanceof String text ? admit(text) : null;
    Invocation admitted = sql == null ? call : call.withFirst(sql.text());
    LogicalStatement handler = new LogicalStatement(made(admitted), sql, this);
    Statement statement = (Statement) create(method.getReturnType(), handler);
    locked(() -> statements.add(statement));
    return statement;
  }

  /** MySQL's driver makes statements for the catalog that is current then. */
  private Statement made(Invocation call) throws SQLException {
    return (Statement)
        (settings.hasCatalog() ? execute(() -> driverObject(call), Work.LOOK) : driverObject(call));
  }

  private static Object driverObject(Invocation call) throws SQLException {
    Object object = call.call();
    if (object == null) {
      throw new SQLException("The driver returned null from " + call.method());
    }
    return object;
  }

  /** Lets SQL pass that does not end the shared transaction. */
  Sql admit(String sql) throws SQLException {
    return shared.dialect().admit(sql);
  }

  /** Whether the values of the parameters of {@code sql} are of interest. */
  boolean needsParameters(Sql sql) {
    return session.ofDialect().needsParameters(sql);
  }

  void forget(Statement statement) {
    locked(() -> statements.remove(statement));
  }

  /**
   * Lets the driver execute something: in the open unit of work, in a new one, or in autocommit
   * mode as a unit of its own.
   */
  <T extends @Nullable Object> T execute(SqlCall<T> call, Work work) throws SQLException {
    ensureOpen();
    endReached();
    if (autoCommit) {
      return shared.callAlone(call, session, work);
    }
    T result = openUnit().call(call, work);
    work.sql().forEach(settings::isolated);
    return result;
  }

  /**
   * Moves in rows that were asked for before. A driver may have to fetch more of them inside a unit
   * of work; in autocommit mode, and after the unit, it has all that it will ever have.
   */
  <T extends @Nullable Object> T fetch(SqlCall<T> call) throws SQLException {
    UnitOfWork open = autoCommit || shared.dialect().isInMemory() ? null : unit();
    return open == null ? call.call() : open.call(call, Work.LOOK);
  }

  /**
   * Goes on with what was asked for before, such as reading a large object: in the unit of work if
   * one is open, else by itself.
   */
  <T extends @Nullable Object> T executeLater(SqlCall<T> call) throws SQLException {
    UnitOfWork open = unit();
    return open == null ? shared.callAlone(call, session, Work.LOOK) : open.call(call, Work.LOOK);
  }

  boolean isAutoCommit() {
    return autoCommit;
  }

  /**
   * The application has got hold of an object of the driver, and may let it execute anything. That
   * is a unit of work; in autocommit mode it lasts until the connection is used again, or closed.
   */
  UnitOfWork reached() throws SQLException {
    ensureOpen();
    reached = true;
    return openUnit();
  }

  @Override
  void unwrapped() throws SQLException {
    reached();
  }

  /** What has failed in the unit has been told to who has reached the driver, and is undone. */
  private void endReached() throws SQLException {
    UnitOfWork open = reached && autoCommit ? takeUnit() : null;
    reached = false;
    if (open != null) {
      try {
        open.commit();
      } catch (SQLException e) {
        if (!shared.dialect().isAborted(e)) {
          throw e;
        }
      }
    }
  }

  private UnitOfWork openUnit() throws SQLException {
    lock.lock();
    try {
      UnitOfWork open = unit;
      if (open == null) {
        open = shared.begin(session, !autoCommit && settings.isReadOnly());
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
    Savepoint savepoint = (Savepoint) in.call(() -> driverObject(call), Work.LOOK);
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
    open.call(
        () -> {
          Object result = new Invocation(shared.physical(), method, ofDriver).call();
          open.undonePartly();
          return result;
        },
        Work.LOOK);
  }

  private @Nullable UnitOfWork unit() {
    return locked(() -> unit);
  }

  private @Nullable UnitOfWork takeUnit() {
    return locked(() -> {
      UnitOfWork taken = unit;
      unit = null;
      settings.unitEnds();
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
      try {
        endReached();
      } finally {
        endSession();
      }
    }
  }

  private void endSession() throws SQLException {
    try {
      rollback();
    } finally {
      if (!shared.turn().hasEnded()) {
        session.ofDialect().close();
      }
    }
  }

  private void closeStatements() throws SQLException {
    List<Statement> open = locked(() -> new ArrayList<>(statements));
    for (Statement statement : open) {
      statement.close();
    }
  }
}
