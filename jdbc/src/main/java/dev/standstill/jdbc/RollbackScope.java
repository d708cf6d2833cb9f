package dev.standstill.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time from {@link RollbackDataSource#begin()} to {@link #close()}, in which everything done
 * through the data source happens in one transaction that is never committed. Any thread may use
 * it.
 */
public final class RollbackScope implements AutoCloseable {

  private final RollbackDataSource source;
  private final SharedConnection shared;
  private final StackOf begun = StackOf.caller("The scope was begun");
  // Guarded by itself.
  private final Set<LogicalConnection> open = new LinkedHashSet<>();
  private boolean closed;

  RollbackScope(RollbackDataSource source, SharedConnection shared) {
    this.source = source;
    this.shared = shared;
  }

  StackOf begun() {
    return begun;
  }

  SharedConnection shared() {
    return shared;
  }

  /** Opens a logical connection. */
  Connection connect(Options options) {
    LogicalConnection connection = new LogicalConnection(shared, options, this::forget);
    synchronized (open) {
      open.add(connection);
    }
    return connection.proxy();
  }

  private void forget(LogicalConnection connection) {
    synchronized (open) {
      open.remove(connection);
    }
  }

  /**
   * Undoes all that was done in the scope and gives the physical connection back; returns when that
   * is done. A statement that still runs is cancelled; connections that are still open are closed.
   * Does nothing the second time.
   *
   * @throws ConnectionLeakException if connections are still open; below a pool, if units of work
   *     are
   * @throws SQLException if the database cannot be reached; if the transaction was committed behind
   *     the scope's back, or tables were changed that know no transactions, so that not all could
   *     be undone; or if the rollback of a unit of work has undone one that was {@linkplain
   *     RollbackDataSource#nestedUnits() nested} in it
   */
  @Override
  public void close() throws SQLException {
    List<StackOf> leaked = takeLeaked();
    if (leaked == null) {
      return;
    }
    source.ended(this);
    shared.end();
    if (!leaked.isEmpty()) {
      throw new ConnectionLeakException(source.toString(), leaked);
    }
  }

  /** Where what is open now was opened; null if the scope is closed. */
  private @Nullable List<StackOf> takeLeaked() {
    List<LogicalConnection> left;
    synchronized (open) {
      if (closed) {
        return null;
      }
      closed = true;
      left = new ArrayList<>(open);
      open.clear();
    }
    return left.stream().filter(LogicalConnection::leaks).map(LogicalConnection::opened).toList();
  }
}
