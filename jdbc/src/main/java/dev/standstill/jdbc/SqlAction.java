package dev.standstill.jdbc;

import java.sql.SQLException;

/** Something that talks to a database and has no result. */
@FunctionalInterface
interface SqlAction {
  void run() throws SQLException;
}
