package dev.standstill.jdbc;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a logical connection, plain, prepared or callable. As thread-safe as the driver's.
 *
 * <p>Its query time-out is set only while it executes, because H2 keeps one time-out for the whole
 * connection. Its fetch size is hidden from the driver in autocommit mode, where drivers fetch all
 * rows at once; the driver does not know of that mode here.
 */
final class LogicalStatement extends JdbcProxy {

  private final Statement delegate;
  private final LogicalConnection connection;
  private volatile int queryTimeoutSeconds;
  private volatile int fetchSize;

  LogicalStatement(Statement delegate, LogicalConnection connection) {
    super(delegate);
    this.delegate = delegate;
    this.connection = connection;
  }

  @Override
  @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    return switch (method.getName()) {
      case "execute",
          "executeQuery",
          "executeUpdate",
          "executeLargeUpdate",
          "executeBatch",
          "executeLargeBatch" -> {
        checkSql(arguments);
        yield wrapped(
            (Statement) self,
            connection.execute(() -> execute(call), delegate, queryTimeoutSeconds > 0));
      }
      case "addBatch" -> {
        checkSql(arguments);
        yield call.call();
      }
      case "getMetaData", "getParameterMetaData" -> connection.execute(call, null, false);
      case "setBlob", "setClob", "setNClob" -> connection.execute(call, null, false);
      case "getConnection" -> connection.proxy();
      case "close" -> {
        connection.forget((Statement) self);
        yield call.call();
      }
      case "getQueryTimeout" -> queryTimeoutSeconds;
      case "setQueryTimeout" -> setQueryTimeout(numberIn(arguments));
      case "setFetchSize" -> setFetchSize(numberIn(arguments), call);
      default -> wrapped((Statement) self, call.call());
    };
  }

  private void checkSql(@Nullable Object[] arguments) throws SQLException {
    if (arguments.length > 0 && arguments[0] instanceof String given) {
      connection.check(given);
    }
  }

  private @Nullable Object execute(Invocation call) throws SQLException {
    int seconds = queryTimeoutSeconds;
    int hiddenFetchSize = connection.isAutoCommit() ? fetchSize : 0;
    if (seconds != 0) {
      delegate.setQueryTimeout(seconds);
    }
    if (hiddenFetchSize != 0) {
      delegate.setFetchSize(0);
    }
    try {
      return call.call();
    } finally {
      if (seconds != 0) {
        delegate.setQueryTimeout(0);
      }
      if (hiddenFetchSize != 0) {
        delegate.setFetchSize(hiddenFetchSize);
      }
    }
  }

  private static int numberIn(@Nullable Object[] arguments) {
    return arguments[0] instanceof Integer number ? number : 0;
  }

  private @Nullable Object setQueryTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      throw new SQLException("A query time-out cannot be %d s.".formatted(seconds), "22023");
    }
    queryTimeoutSeconds = seconds;
    return null;
  }

  private @Nullable Object setFetchSize(int rows, Invocation call) throws SQLException {
    call.call();
    fetchSize = rows;
    return null;
  }

  private @Nullable Object wrapped(Statement self, @Nullable Object result) {
    return result instanceof ResultSet rows
        ? JdbcProxy.create(ResultSet.class, new LogicalResultSet(rows, self, connection))
        : LogicalLob.wrap(result, connection);
  }
}
