package dev.standstill.bench;

import dev.standstill.jdbc.RollbackDataSource;
import dev.standstill.jdbc.RollbackScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A prepared statement in autocommit mode, executed by a virtual thread on H2 in memory, and its
 * one row read: in a scope, or without one for {@link Contestant#BARE}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DatabaseBenchmark {

  private static final int STATEMENTS = 1_000;
  private static final int ROWS = 100;

  @Param Contestant contestant;
  private Tasks tasks;
  private Connection keptOpen;
  private @Nullable RollbackScope scope;
  private Connection connection;
  private PreparedStatement query;
  private long sum;

  /** JMH makes it. */
  public DatabaseBenchmark() {}

  @Setup
  public void open() throws SQLException {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:bench");
    keptOpen = h2.getConnection();
    try (Statement statement = keptOpen.createStatement()) {
      statement.execute("create table account(id int primary key, balance bigint)");
      statement.execute("insert into account select x, x from system_range(0, " + ROWS + ")");
    }
    connection = isBare() ? h2.getConnection() : openInScope(h2);
    query = connection.prepareStatement("select balance from account where id = ?");
    tasks = Tasks.of(isBare() ? Contestant.JDK : contestant);
  }

  private Connection openInScope(DataSource source) throws SQLException {
    RollbackDataSource db = RollbackDataSource.wrap(source);
    scope = db.begin();
    return db.getConnection();
  }

  private boolean isBare() {
    return contestant == Contestant.BARE;
  }

  @TearDown
  public void close() throws SQLException {
    tasks.close();
    connection.close();
    if (scope != null) {
      scope.close();
    }
    keptOpen.close();
  }

  @Benchmark
  @OperationsPerInvocation(STATEMENTS)
  public long statement() throws Exception {
    tasks.run(() -> {
      for (int i = 0; i < STATEMENTS; i++) {
        query.setInt(1, i % ROWS);
        try (ResultSet rows = query.executeQuery()) {
          rows.next();
          sum += rows.getLong(1);
        }
      }
    });
    return sum;
  }
}
