package dev.standstill.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@code DataSource} whose every change can be undone when a test ends, whichever task or thread
 * made it.
 *
 * <pre>{@code
 * static final RollbackDataSource db = RollbackDataSource.wrap(dataSource);
 *
 * try (var scope = db.begin()) {
 *   application.use(db); // commits as often as it likes, from any task or thread
 * }                      // all of it is undone
 * }</pre>
 *
 * <p>In a scope each {@code getConnection()} returns a logical connection on the one physical
 * connection. {@code commit}, {@code rollback}, savepoints and autocommit mode act on that logical
 * connection's own <em>unit of work</em>. Units of work take the physical connection in turns,
 * first come, first served, so two queries at once both succeed, one after the other. A unit of
 * work that fails undoes itself only.
 *
 * <p>SQL that would commit behind the scope's back (COMMIT as SQL; DDL where the database commits
 * it) is refused; what goes past that is told at the end of the scope. Whoever waits for a unit of
 * work that cannot go on gets a {@code java.sql.SQLTransactionRollbackException} with both stacks;
 * if that is a task of a test loop, the loop tells the deadlock. Interrupting a thread that
 * executes a statement cancels the statement and leaves the connection in order.
 *
 * <p>Outside of scopes this is a plain pass-through, unless {@linkplain #refusingOutsideScopes() it
 * refuses}. It needs no event loop, and may be made before there is one. Any thread may call any
 * method. Queries and their time-outs are in real time, and so is the database's {@code now()}: it
 * is not the application's where that runs in virtual time, but for H2 within the JVM, whose clock
 * is that of the loop.
 */
public final class RollbackDataSource implements DataSource {

  private final DataSource source;
  private final Options options;
  private final CurrentScope scope;

  private RollbackDataSource(DataSource source, Options options, CurrentScope scope) {
    this.source = source;
    this.options = options;
    this.scope = scope;
  }

  /**
   * Wraps a data source. It is not used before it is needed.
   *
   * @param source what makes the physical connections, a pool or not
   * @return the wrapper, which passes through outside of scopes
   */
  public static RollbackDataSource wrap(DataSource source) {
    return new RollbackDataSource(source, Options.DEFAULT, new CurrentScope());
  }

  /**
   * Makes a data source that refuses {@code getConnection()} outside of scopes, so that no test can
   * change the database for good.
   *
   * @return a new wrapper, which shares the scope of this one
   */
  public RollbackDataSource refusingOutsideScopes() {
    return with(options.refusingOutside());
  }

  /**
   * Makes a data source for a connection pool above it, such as HikariCP with this as its data
   * source. What the pool keeps belongs to whichever scope there is when it is used, and is no
   * leak.
   *
   * @return a new wrapper, which shares the scope of this one
   */
  public RollbackDataSource beneathPool() {
    return with(options.belowPool());
  }

  /**
   * Makes a data source where a thread may begin a second unit of work while its first is open, as
   * with Spring's {@code REQUIRES_NEW} and {@code NOT_SUPPORTED} or two sessions of Hibernate.
   * There is one connection: the second is a savepoint nested in the first, and sees what that has
   * done. So they are as independent as on two connections, unless the first is rolled back after
   * the second has committed. Then both are undone, which a warning tells at once, and an exception
   * at the end of the scope.
   *
   * <p>If not called, the second is refused.
   *
   * @return a new wrapper, which shares the scope of this one
   */
  public RollbackDataSource nestedUnits() {
    return with(options.nesting());
  }

  private RollbackDataSource with(Options changed) {
    return new RollbackDataSource(source, changed, scope);
  }

  /**
   * Returns whether a scope of one is a scope of the other: whether one was made from the other, or
   * both from a third, by methods such as {@link #beneathPool}.
   *
   * @param other another wrapper
   * @return true if so
   */
  public boolean sharesScopeWith(RollbackDataSource other) {
    return scope == other.scope;
  }

  /**
   * Makes a data source that tells a deadlock sooner or later: when the thread of a unit of work
   * has been blocked at one place for so long while another waits for the connection. 10 s if not
   * called. On a test loop a deadlock is a standstill, and needs no limit.
   *
   * @param limit real time, above zero; it begins anew whenever that thread does anything
   * @return a new wrapper, which shares the scope of this one
   * @throws IllegalArgumentException if {@code limit} is not above zero
   */
  public RollbackDataSource deadlockLimit(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("The deadlock limit has to be above 0, not " + limit);
    }
    return with(options.limited(limit));
  }

  /**
   * Begins a scope: takes one connection from the wrapped data source and begins its transaction.
   *
   * @return the scope, whose end undoes everything
   * @throws SQLException if the wrapped data source gives no connection
   * @throws IllegalStateException if a scope is open; its cause shows where it began
   */
  public RollbackScope begin() throws SQLException {
    RollbackScope begun = new RollbackScope(this, SharedConnection.open(source, toString()));
    RollbackScope open = scope.begin(begun);
    if (open != null) {
      begun.close();
      throw new IllegalStateException(
          "A scope of %s is open, begun where the cause shows: close it first. Tests that run at the same time need a data source each."
              .formatted(this),
          open.begun());
    }
    return begun;
  }

  void ended(RollbackScope ended) {
    scope.ended(ended);
  }

  Options options() {
    return options;
  }

  @Nullable RollbackScope scope() {
    return scope.get();
  }

  /**
   * Opens a connection: in a scope a logical one, else one of the wrapped data source.
   *
   * @return the connection
   * @throws SQLException if the wrapped data source gives none, or there is no scope and this data
   *     source refuses outside of scopes
   */
  @Override
  public Connection getConnection() throws SQLException {
    if (options.beneathPool()) {
      return new PooledConnection(this).proxy();
    }
    RollbackScope open = scope();
    return open == null ? physicalConnection() : open.connect(options);
  }

  /**
   * Like {@link #getConnection()}. In a scope the name and the password are ignored: there is one
   * physical connection.
   *
   * @throws SQLException as {@link #getConnection()}
   */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    if (options.beneathPool() || scope() != null) {
      return getConnection();
    }
    refuseIfSo();
    return source.getConnection(user, password);
  }

  /** Opens a connection that no scope has to do with. */
  Connection physicalConnection() throws SQLException {
    refuseIfSo();
    return source.getConnection();
  }

  private void refuseIfSo() throws SQLException {
    if (options.refusesOutside()) {
      throw new SQLException(
          "There is no scope of %s, and it refuses connections outside of scopes: call begin() first, or annotate the test with @Rollback."
              .formatted(this),
          "08003");
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    return type.isInstance(source) ? type.cast(source) : source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || type.isInstance(source) || source.isWrapperFor(type);
  }

  @Override
  public String toString() {
    return "RollbackDataSource of " + source.getClass().getSimpleName();
  }
}
