package dev.standstill.jdbc;

import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metadata of a logical connection: what asks the database for rows waits for its turn. */
final class LogicalMetaData extends JdbcProxy {

  private final LogicalConnection connection;

  LogicalMetaData(DatabaseMetaData delegate, LogicalConnection connection) {
    super(delegate);
    this.connection = connection;
  }

  @Override
  @Nullable Object answer(Object self, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException {
    if (method.getName().equals("getConnection")) {
      return connection.proxy();
    }
    if (method.getReturnType() != ResultSet.class) {
      return call.call();
    }
    Object rows = connection.execute(call, Work.LOOK);
    return rows instanceof ResultSet result
        ? create(ResultSet.class, new LogicalResultSet(result, null, connection))
        : rows;
  }
}
