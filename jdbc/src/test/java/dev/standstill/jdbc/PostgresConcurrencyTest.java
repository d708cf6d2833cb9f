package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.POSTGRESQL;
import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObjectManager;

/** Queries of a real server take real time. */
class PostgresConcurrencyTest {

  private static final String SLEEP = "select pg_sleep(1000)";

  private final RollbackDataSource db = RollbackDataSource.wrap(POSTGRESQL.dataSource());
  private RollbackScope scope;

  @BeforeEach
  void begin() throws SQLException {
    scope = db.begin();
  }

  @AfterEach
  void endLeavesNothingBehind() throws SQLException {
    scope.close();
    assertThat(notes(POSTGRESQL.dataSource())).isEmpty();
  }

  @Test
  void twoGatheredSleepsTakeTheTimeOfBothOnTheOneConnection() throws Exception {
    long began = System.nanoTime();
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> TaskGroup.gather(this::sleepForASecond, this::sleepForASecond));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void twoGatheredSleepsTakeAsLongInRealTimeAndNoneInVirtualTime() throws Exception {
    long began = System.nanoTime();
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> TaskGroup.gather(this::sleepForASecond, this::sleepForASecond));
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  private Boolean sleepForASecond() {
    run(db, "select pg_sleep(1)");
    return true;
  }

  @Test
  void timeDoesNotJumpWhileAQueryRuns() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Instant> hour =
          loop.spawn(
              "hour",
              () -> {
                Thread.sleep(Duration.ofHours(1));
                return Instant.now();
              });
      Task<Instant> query =
          loop.spawn(
              "query",
              () -> {
                run(db, "select pg_sleep(0.3)");
                return Instant.now();
              });
      loop.runUntilIdle();

      assertThat(query.get()).isEqualTo(TestLoop.DEFAULT_START);
      assertThat(hour.get()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void taskInAQueryIsExternallyBlocked() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Void> query = startSleeping(loop, db);

      assertThat(loop.blocked())
          .singleElement()
          .returns("query", BlockedTask::name)
          .returns(false, BlockedTask::isDurablyBlocked);
      query.cancel(true);
    }
  }

  @Test
  void cancelledQueryGivesTheConnectionBack() throws Exception {
    insert(db, "before");
    try (TestLoop loop = TestLoop.open()) {
      Task<Void> query = startSleeping(loop, db);
      query.cancel(true);
      Task<Void> next = loop.spawn("next", () -> insert(db, "after"));
      loop.runUntilBlocked();

      next.get();
    }
    assertThat(notes(db)).containsExactly("after", "before");
  }

  @Test
  void cancellingAQueryUndoesItsUnitOnly() throws Exception {
    insert(db, "before");
    try (TestLoop loop = TestLoop.open()) {
      Task<Void> unit =
          loop.spawn(
              "unit",
              () -> {
                try (Connection connection = db.getConnection()) {
                  connection.setAutoCommit(false);
                  insert(connection, "undone");
                  run(connection, SLEEP);
                  connection.commit();
                }
              });
      awaitSleeper(loop::runReady);
      unit.cancel(true);
      loop.runUntilBlocked();
    }
    assertThat(notes(db)).containsExactly("before");
  }

  /** The driver asks the server piece by piece, and an interrupt must not cost the connection. */
  @Test
  void taskInterruptedWhileItReadsALargeObjectKeepsTheConnection() throws Exception {
    try (TestLoop loop = TestLoop.open();
        Connection connection = db.getConnection()) {
      connection.setAutoCommit(false);
      LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
      long id = objects.createLO();
      loop.run(() -> {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select " + id + "::oid")) {
          rows.next();
          Thread.currentThread().interrupt();
          assertThat(rows.getBlob(1).length()).isZero();
          assertThat(Thread.interrupted()).isTrue();
        }
      });
      run(connection, "select 1");
      connection.rollback();
    }
  }

  @Test
  void closingTheLoopDoesNotCostTheConnection() throws Exception {
    insert(db, "before");
    try (TestLoop loop = TestLoop.open()) {
      startSleeping(loop, db);
    }
    assertThat(notes(db)).containsExactly("before");
  }

  @Test
  void endOfTheScopeCancelsWhatRuns() throws Exception {
    Thread sleeper = Thread.startVirtualThread(() -> runToFailure(SLEEP));
    awaitSleeper(() -> {});
    assertThatThrownBy(scope::close).isInstanceOf(ConnectionLeakException.class);
    sleeper.join();

    scope = db.begin();
    insert(db, "next");
    assertThat(notes(db)).containsExactly("next");
  }

  private void runToFailure(String sql) {
    assertThatThrownBy(() -> run(db, sql)).hasRootCauseInstanceOf(SQLException.class);
  }

  private Task<Void> startSleeping(TestLoop loop, DataSource source) throws SQLException {
    Task<Void> query = loop.spawn("query", () -> run(source, SLEEP));
    awaitSleeper(loop::runReady);
    return query;
  }

  /** Lets others go on until the server executes the query that sleeps. */
  private static void awaitSleeper(Runnable goOn) throws SQLException {
    try (Connection connection = POSTGRESQL.dataSource().getConnection();
        PreparedStatement active =
            connection.prepareStatement(
                "select pg_sleep(0.01), count(*) from pg_stat_activity where state = 'active' and"
                    + " query = ?")) {
      active.setString(1, SLEEP);
      long sleepers = 0;
      while (sleepers == 0) {
        goOn.run();
        try (ResultSet rows = active.executeQuery()) {
          rows.next();
          sleepers = rows.getLong(2);
        }
      }
    }
  }
}
