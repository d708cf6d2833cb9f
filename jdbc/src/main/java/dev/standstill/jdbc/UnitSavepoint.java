package dev.standstill.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint that the application has set inside a unit of work. Immutable. */
record UnitSavepoint(Savepoint delegate, UnitOfWork unit) implements Savepoint {

  @Override
  public int getSavepointId() throws SQLException {
    return delegate.getSavepointId();
  }

  @Override
  public String getSavepointName() throws SQLException {
    return delegate.getSavepointName();
  }
}
