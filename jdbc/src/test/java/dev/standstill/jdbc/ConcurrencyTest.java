package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Task;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Units of work of many tasks and threads take the one connection in turns. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ConcurrencyTest {

  @Parameter TestDatabase database;
  RollbackDataSource db;
  RollbackScope scope;

  @BeforeEach
  void begin() throws SQLException {
    db = RollbackDataSource.wrap(database.dataSource());
    scope = db.begin();
  }

  @AfterEach
  void endLeavesNothingBehind() throws SQLException {
    scope.close();
    assertThat(notes(database.dataSource())).isEmpty();
  }

  @Test
  void gatheredQueriesBothSucceed() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      List<String> rows =
          loop.run(() -> {
            Task<List<String>> left = loop.spawn("left", () -> insertAndRead("left"));
            Task<List<String>> right = loop.spawn("right", () -> insertAndRead("right"));
            left.get();
            return right.get();
          });

      assertThat(rows).contains("right");
      assertThat(notes(db)).containsExactly("left", "right");
    }
  }

  private List<String> insertAndRead(String text) throws SQLException {
    try (Connection connection = db.getConnection()) {
      insert(connection, text);
      return notes(connection);
    }
  }

  @Test
  void oneDataSourceServesOneLoopAfterTheOther() throws Exception {
    for (String name : List.of("first", "second")) {
      try (TestLoop loop = TestLoop.open()) {
        loop.run(() -> insert(db, name));
      }
    }

    assertThat(notes(db)).containsExactly("first", "second");
  }

  @Test
  void unitsOfWorkGetTheConnectionInTheOrderInWhichTheyAsk() throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(7).open();
        Connection first = db.getConnection()) {
      first.setAutoCommit(false);
      insert(first, "first");
      IntStream.range(0, 20)
          .forEach(i -> {
            loop.spawn("unit-" + i, () -> insert(db, "unit"));
            loop.runReady();
          });
      assertThat(loop.blocked()).hasSize(20);
      first.commit();
      loop.runUntilBlocked();

      assertThat(loop.blocked()).isEmpty();
    }
    try (Connection connection = db.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select text, id from note order by id")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("first");
    }
  }

  @Test
  void statementsOfOthersNeverInterleaveInsideAUnit() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Void> unit =
          loop.spawn(
              "unit",
              () -> {
                try (Connection connection = db.getConnection()) {
                  connection.setAutoCommit(false);
                  insert(connection, "a");
                  Thread.sleep(Duration.ofMinutes(1));
                  assertThat(notes(connection)).containsExactly("a");
                  connection.commit();
                }
              });
      loop.spawn("other", () -> insert(db, "b"));
      loop.advance(Duration.ofSeconds(59));
      assertThat(loop.blocked()).hasSize(2);
      loop.advance(Duration.ofSeconds(1));
      unit.get();
    }

    assertThat(notes(db)).containsExactly("a", "b");
  }

  @Test
  void platformThreadsAndTasksShareTheScope() throws Exception {
    Thread platform = Thread.ofPlatform().start(() -> insert(db, "platform"));
    Thread virtual = Thread.startVirtualThread(() -> insert(db, "virtual"));
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> insert(db, "task"));
    } finally {
      platform.join();
      virtual.join();
    }

    assertThat(notes(db)).containsExactly("platform", "task", "virtual");
  }

  @Test
  void taskInterruptedWhileItWaitsLeavesTheQueue() throws Exception {
    try (TestLoop loop = TestLoop.open();
        Connection first = db.getConnection()) {
      first.setAutoCommit(false);
      insert(first, "first");
      Task<Void> cancelled = loop.spawn("cancelled", () -> insert(db, "cancelled"));
      Task<Void> patient = loop.spawn("patient", () -> insert(db, "patient"));
      loop.runReady();
      cancelled.cancel(true);
      loop.runReady();
      first.commit();
      loop.runUntilBlocked();

      assertThat(patient.isDone()).isTrue();
    }
    assertThat(notes(db)).containsExactly("first", "patient");
  }

  @Test
  void interruptedTaskStillRollsBackAndCloses() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Boolean> task =
          loop.spawn(
              "interrupted",
              () -> {
                try (Connection connection = db.getConnection()) {
                  connection.setAutoCommit(false);
                  insert(connection, "undone");
                  Thread.currentThread().interrupt();
                  connection.rollback();
                }
                return Thread.interrupted();
              });
      loop.runUntilBlocked();
      assertThat(task.get()).isTrue();
    }
    insert(db, "usable");

    assertThat(notes(db)).containsExactly("usable");
  }

  @Test
  void secondUnitOfTheSameThreadIsADeadlockAtOnce() throws SQLException {
    try (Connection first = db.getConnection();
        Connection second = db.getConnection()) {
      first.setAutoCommit(false);
      insert(first, "first");

      assertThatThrownBy(() -> insert(second, "second"))
          .isInstanceOf(SQLTransactionRollbackException.class)
          .hasMessageContaining("a second unit of work")
          .hasCauseInstanceOf(StackOf.class);
    }
  }

  @Test
  void unitThatWaitsForAnotherThatNeedsTheConnectionIsADeadlockWithBothStacks() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() -> loop.run(() -> holdWhileAnotherInserts(loop)))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .rootCause()
          .satisfies(this::showsBothStacks);
    }
  }

  private void holdWhileAnotherInserts(TestLoop loop) throws Exception {
    try (Connection connection = db.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, "held");
      loop.spawn("inserts", () -> run(db, "select 1")).get();
    }
  }

  private void showsBothStacks(Throwable begun) {
    assertThat(begun).isInstanceOf(StackOf.class);
    assertThat(begun.getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .contains("holdWhileAnotherInserts");
  }

  @Test
  void deadlockOfPlatformThreadsIsReportedToo() throws Exception {
    scope.close();
    db = RollbackDataSource.wrap(database.dataSource()).withPatience(Duration.ofMillis(20));
    scope = db.begin();
    CountDownLatch done = new CountDownLatch(1);
    CountDownLatch holding = new CountDownLatch(1);
    FutureTask<Void> holder =
        new FutureTask<>(() -> {
          try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, "held");
            holding.countDown();
            done.await();
          }
          return null;
        });
    Thread.ofPlatform().name("holder").start(holder);
    holding.await();

    try (Connection connection = db.getConnection()) {
      assertThatThrownBy(() -> insert(connection, "waits"))
          .isInstanceOf(SQLTransactionRollbackException.class)
          .hasMessageContaining("waits for the unit of work of thread \"holder\"")
          .satisfies(deadlock ->
              assertThat(deadlock.getSuppressed()[0].getStackTrace())
                  .extracting(StackTraceElement::getMethodName)
                  .contains("await"));
    }
    done.countDown();
    holder.get();
  }

  @Test
  void taskThatEndedWithItsUnitOpenIsReportedToWhoWaits() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Connection> forgetful =
          loop.spawn(
              "forgetful",
              () -> {
                Connection connection = db.getConnection();
                connection.setAutoCommit(false);
                insert(connection, "forgotten");
                return connection;
              });
      loop.runUntilBlocked();

      assertThatThrownBy(() -> loop.run(() -> insert(db, "waits")))
          .hasStackTraceContaining("of thread \"forgetful\"")
          .hasStackTraceContaining("which has ended");
      forgetful.get().close();
    }
  }

  @Test
  void queryTimeoutIsInRealTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Void> query =
          loop.spawn(
              "query",
              () -> {
                try (Connection connection = db.getConnection();
                    Statement statement = connection.createStatement()) {
                  statement.setQueryTimeout(1);
                  statement.execute(database.longQuery());
                }
              });
      loop.runUntilBlocked();

      assertThatThrownBy(query::get).hasCauseInstanceOf(SQLException.class);
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
    insert(db, "usable");
    assertThat(notes(db)).containsExactly("usable");
  }
}
