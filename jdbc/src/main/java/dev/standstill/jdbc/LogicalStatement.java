package dev.standstill.jdbc;

import dev.standstill.jdbc.dialect.Sql;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** What it was prepared for; null if each execution says that. */
  private final @Nullable Sql prepared;

  /** Values of its parameters, where they are of interest. */
  private final Map<Integer, Object> parameters = new ConcurrentHashMap<>();

  private final boolean keepsParameters;
  private final List<Sql> batch = new CopyOnWriteArrayList<>();
  private volatile int queryTimeoutSeconds;
  private volatile int fetchSize;

  LogicalStatement(Statement delegate, @Nullable Sql prepared, LogicalConnection connection) {
    super(delegate);
    this.delegate = delegate;
    this.prepared = prepared;
    this.connection = connection;
    keepsParameters = prepared != null && connection.needsParameters(prepared);
  }

  @Override
  @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    String name = method.getName();
    if (name.startsWith("execute")) {
      return execute((Statement) self, name, arguments, call);
    }
    return switch (name) {
      case "addBatch" -> addBatch(arguments, call);
      case "clearBatch" -> {
        batch.clear();
        yield call.call();
      }
      case "getMetaData", "getParameterMetaData" -> connection.execute(call, Work.LOOK);
      case "setBlob", "setClob", "setNClob" -> connection.execute(call, Work.CHANGE);
      case "getConnection" -> connection.proxy();
      case "close" -> {
        connection.forget((Statement) self);
        yield call.call();
      }
      case "getQueryTimeout" -> queryTimeoutSeconds;
      case "setQueryTimeout" -> setQueryTimeout(numberIn(arguments));
      case "setFetchSize" -> setFetchSize(numberIn(arguments), call);
      default -> {
        keepParameter(name, arguments);
        yield wrapped((Statement) self, call.call());
      }
    };
  }

  @Override
  void unwrapped() throws SQLException {
    connection.reached();
  }

  private @Nullable Object execute(
      Statement self, String name, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    Sql given = admit(arguments);
    Invocation admitted = given == null ? call : call.withFirst(given.text());
    Work work = Work.executing(executed(name, given), delegate, queryTimeoutSeconds > 0);
    return wrapped(self, connection.execute(() -> execute(admitted), work));
  }

  private @Nullable Sql admit(@Nullable Object[] arguments) throws SQLException {
    return arguments.length > 0 && arguments[0] instanceof String text
        ? connection.admit(text)
        : null;
  }

  private List<Sql> executed(String name, @Nullable Sql given) {
    if (name.endsWith("Batch")) {
      List<Sql> all = List.copyOf(batch);
      batch.clear();
      return all;
    }
    return given == null ? asPrepared() : List.of(given);
  }

  private List<Sql> asPrepared() {
    if (prepared == null) {
      return List.of();
    }
    return List.of(keepsParameters ? prepared.with(parameters) : prepared);
  }

  private @Nullable Object addBatch(@Nullable Object[] arguments, Invocation call)
      throws SQLException {
    Sql given = admit(arguments);
    Object result = (given == null ? call : call.withFirst(given.text())).call();
    if (given != null) {
      batch.add(given);
    } else if (batch.isEmpty() || keepsParameters) {
      batch.addAll(asPrepared());
    }
    return result;
  }

  private void keepParameter(String name, @Nullable Object[] arguments) {
    if (keepsParameters
        && name.startsWith("set")
        && arguments.length > 1
        && arguments[0] instanceof Integer number
        && arguments[1] != null) {
      parameters.put(number, arguments[1]);
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
