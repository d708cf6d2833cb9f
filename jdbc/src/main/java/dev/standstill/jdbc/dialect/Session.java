package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * What lasts for one logical connection, and for its unit of work, where the database would let it
 * last for the connection and the transaction that all share. Used by who has the turn.
 */
public class Session {

  Session() {}

  /**
   * A unit of work begins.
   *
   * @param readOnly whether it is to refuse writes, where the database does so in a transaction
   * @param around the session of the unit in which it is nested; null if there is none
   */
  public void begin(Connection physical, boolean readOnly, @Nullable Session around)
      throws SQLException {}

  /** {@code sql} is about to be executed. */
  public void before(Connection physical, Sql sql) throws SQLException {}

  /** {@code sql} has been executed. */
  public void after(Connection physical, Sql sql) throws SQLException {}

  /** Whether the values of the parameters of {@code sql} are of interest. */
  public boolean needsParameters(Sql sql) {
    return false;
  }

  /**
   * A unit of work ends and is kept.
   *
   * @param savepoint set at its beginning, to be released
   * @throws SQLException if a commit would have failed; the unit is to be undone then
   */
  public void keep(Connection physical, Savepoint savepoint) throws SQLException {
    physical.releaseSavepoint(savepoint);
  }

  /** A part of a unit of work has been undone. */
  public void undonePartly(Connection physical) throws SQLException {}

  /** The logical connection is closed; any thread may call, also without the turn. */
  public void close() throws SQLException {}

  /** A unit of work has been undone. */
  public void undone(Connection physical) throws SQLException {}
}
