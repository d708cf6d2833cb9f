package dev.standstill.jdbc;

import dev.standstill.jdbc.dialect.Sql;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call into the driver is about. Immutable.
 *
 * @param sql what it executes, as far as it is known
 * @param statement what to cancel when the caller is interrupted; null to go on to the end
 * @param realTime whether the driver needs real time, also where it computes by itself
 * @param writes whether it may change rows
 */
record Work(List<Sql> sql, @Nullable Statement statement, boolean realTime, boolean writes) {

  /** Asks the database for something. */
  static final Work LOOK = new Work(List.of(), null, false, false);

  /** Changes something without SQL of the application's. */
  static final Work CHANGE = new Work(List.of(), null, false, true);

  static Work executing(List<Sql> sql, Statement statement, boolean realTime) {
    return new Work(sql, statement, realTime, sql.stream().anyMatch(Sql::writes));
  }
}
