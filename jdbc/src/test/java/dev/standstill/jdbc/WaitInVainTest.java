package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Task;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A unit that waits, with a limit, for who waits for its connection is told when the limit passes.
 */
class WaitInVainTest extends ScopedTest {

  private final Logger logger = Logger.getLogger("dev.standstill");
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler keep =
      new Handler() {
        @Override
        public void publish(LogRecord told) {
          logged.add(told);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(keep);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(keep);
    logger.setUseParentHandlers(true);
  }

  private Connection inTransaction() throws SQLException {
    Connection connection = db.getConnection();
    connection.setAutoCommit(false);
    insert(connection, "held");
    return connection;
  }

  @Test
  void inVirtualTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (Connection _ = inTransaction()) {
          Task<Void> worker = loop.spawn("worker", this::insertInATask);
          assertThatThrownBy(() -> worker.get(5, TimeUnit.SECONDS))
              .isInstanceOf(TimeoutException.class);
        }
      });
      loop.runUntilIdle();
    }

    assertThat(logged)
        .singleElement()
        .satisfies(told -> {
          assertThat(told.getMessage())
              .startsWith("Thread \"main\" did not use its unit of work of RollbackDataSource")
              .contains(
                  "for PT5S, then rolled it back", "thread \"worker\" waited for the connection");
          assertThat(told.getThrown().getStackTrace())
              .extracting(StackTraceElement::getMethodName)
              .contains("insertInATask");
        });
  }

  private void insertInATask() {
    insert(db, "worker");
  }

  @Test
  void inRealTime() throws Exception {
    FutureTask<Void> worker =
        new FutureTask<>(() -> {
          insert(db, "worker");
          return null;
        });
    try (Connection connection = inTransaction()) {
      Thread thread = Thread.ofPlatform().name("worker").start(worker);
      while (!scope.shared().turn().isQueued(thread)) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> worker.get(150, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      connection.rollback();
    }
    worker.get();

    assertThat(logged)
        .singleElement()
        .extracting(LogRecord::getMessage)
        .asString()
        .contains("thread \"worker\" waited for the connection that the unit has");
  }

  @Test
  void unitThatSleepsAndCommitsIsNotTold() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (Connection connection = inTransaction()) {
          loop.spawn("worker", this::insertInATask);
          Thread.sleep(Duration.ofMinutes(1));
          connection.commit();
        }
      });
      loop.runUntilIdle();
    }
    assertThat(logged).isEmpty();
  }
}
