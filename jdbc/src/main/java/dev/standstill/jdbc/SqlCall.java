package dev.standstill.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something that talks to a database. */
@FunctionalInterface
interface SqlCall<T extends @Nullable Object> {
  T call() throws SQLException;
}
