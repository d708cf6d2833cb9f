package dev.standstill.jdbc;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Units of work of many tasks and threads take the one connection in turns. */
class ConcurrencyTest extends ScopedTest {

  @Test
  void gatheredQueriesBothSucceed() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      List<List<String>> seen =
          loop.run(
              () -> TaskGroup.gather(() -> insertAndRead("left"), () -> insertAndRead("right")));

      assertThat(seen.getFirst()).contains("left");
      assertThat(seen.getLast()).contains("right");
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
    List<String> order = IntStream.range(0, 20).mapToObj(i -> "unit-" + i).toList();
    try (TestLoop loop = TestLoop.builder().seed(7).open();
        Connection first = db.getConnection()) {
      first.setAutoCommit(false);
      insert(first, "first");
      for (String name : order) {
        loop.spawn(name, () -> insert(db, name));
        loop.runReady();
      }
      assertThat(loop.blocked()).extracting(BlockedTask::name).isEqualTo(order);
      first.commit();
      loop.runUntilBlocked();
    }

    assertThat(notesInTheOrderOfTheirIds())
        .isEqualTo(Stream.concat(Stream.of("first"), order.stream()).toList());
  }

  @Test
  void threadsGetTheConnectionInTheOrderInWhichTheyAsk() throws Exception {
    List<String> order = IntStream.range(0, 20).mapToObj(i -> "unit-" + i).toList();
    List<Thread> threads = new ArrayList<>();
    try (Connection first = db.getConnection()) {
      first.setAutoCommit(false);
      insert(first, "first");
      for (String name : order) {
        Thread.Builder builder = threads.size() % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
        Thread thread = builder.start(() -> insert(db, name));
        threads.add(thread);
        while (!scope.shared().turn().isQueued(thread)) {
          Thread.onSpinWait();
        }
      }
      first.commit();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(notesInTheOrderOfTheirIds())
        .isEqualTo(Stream.concat(Stream.of("first"), order.stream()).toList());
  }

  private List<String> notesInTheOrderOfTheirIds() throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = db.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select text from note order by id")) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
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
  void taskWaitsForAThreadThatIsAboutToTakeItsTurn() throws Exception {
    for (int round = 0; round < 100; round++) {
      try (TestLoop loop = TestLoop.open()) {
        Thread outside;
        Task<Void> task;
        try (Connection connection = db.getConnection()) {
          connection.setAutoCommit(false);
          insert(connection, "first");
          outside = Thread.ofPlatform().start(() -> insert(db, "outside"));
          while (outside.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          task = loop.spawn("task", () -> insert(db, "task"));
          loop.runReady();
          connection.commit();
        }
        loop.runUntilDone(task);
        outside.join();
      }
    }
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
  void taskInterruptedInAQueryGivesTheConnectionBack() throws Exception {
    try (EventLoop loop = EventLoop.start("application")) {
      insert(db, "before");
      CountDownLatch begun = new CountDownLatch(1);
      Task<Void> unit =
          loop.spawn(
              "unit",
              () -> {
                try (Connection connection = db.getConnection()) {
                  connection.setAutoCommit(false);
                  insert(connection, "undone");
                  begun.countDown();
                  run(connection, database.longQuery());
                }
              });
      begun.await();
      unit.cancel(true);
      loop.run(() -> insert(db, "after"));
    }

    assertThat(notes(db)).containsExactly("after", "before");
  }

  @Test
  void platformThreadInterruptedInAQueryGivesTheConnectionBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Void> query =
        new FutureTask<>(() -> {
          try (Connection connection = db.getConnection()) {
            begun.countDown();
            run(connection, database.longQuery());
          }
          return null;
        });
    Thread thread = Thread.ofPlatform().start(query);
    begun.await();
    thread.interrupt();

    assertThatThrownBy(query::get).hasCauseInstanceOf(SQLException.class);
    insert(db, "usable");
    assertThat(notes(db)).containsExactly("usable");
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
