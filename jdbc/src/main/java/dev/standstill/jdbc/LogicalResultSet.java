package dev.standstill.jdbc;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows of a logical connection: what writes through them, or fetches more, waits for its turn. */
final class LogicalResultSet extends JdbcProxy {

  private final @Nullable Statement statement;
  private final LogicalConnection connection;

  /**
   * @param statement what users see as the statement; null if there is none
   */
  LogicalResultSet(
      ResultSet delegate, @Nullable Statement statement, LogicalConnection connection) {
    super(delegate);
    this.statement = statement;
    this.connection = connection;
  }

  @Override
  @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    return switch (method.getName()) {
      case "getStatement" -> statement;
      case "insertRow", "updateRow", "deleteRow", "refreshRow" ->
          connection.execute(call, Work.CHANGE);
      case "next", "previous", "first", "last", "absolute", "relative", "afterLast" ->
          connection.fetch(call);
      default -> LogicalLob.wrap(call.call(), connection);
    };
  }
}
