package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections to the database that a scope is on, beside its own. */
@FunctionalInterface
public interface ConnectionSource {

  /** Opens another connection. */
  Connection open() throws SQLException;
}
