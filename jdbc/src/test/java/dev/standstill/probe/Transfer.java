package dev.standstill.probe;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Application code that keeps its connection while it waits for something else. */
public final class Transfer {

  private final DataSource database;
  private final ReentrantLock lock = new ReentrantLock();

  public Transfer(DataSource database) {
    this.database = database;
  }

  /** Waits, in a transaction, for tasks that need the connection, too. */
  public void gatherInsideATransaction() throws Exception {
    try (Connection connection = begin()) {
      TaskGroup.gather(() -> query("left"), () -> query("right"));
      connection.commit();
    }
  }

  /** Begins a transaction, says so, and waits in it until {@code done}. */
  public void awaitInsideATransaction(CountDownLatch begun, CountDownLatch done) throws Exception {
    try (Connection connection = begin()) {
      begun.countDown();
      done.await();
      connection.commit();
    }
  }

  /** Takes the connection and then a lock; another task takes them the other way round. */
  public void lockInsideATransaction() throws Exception {
    EventLoop.current().spawn("other", this::queryInsideTheLock);
    try (Connection connection = begin()) {
      Thread.yield();
      lock.lockInterruptibly();
      try {
        connection.commit();
      } finally {
        lock.unlock();
      }
    }
  }

  private void queryInsideTheLock() throws SQLException, InterruptedException {
    lock.lockInterruptibly();
    try {
      query("inside the lock");
    } finally {
      lock.unlock();
    }
  }

  private Connection begin() throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    execute(connection, "insert into note(text) values ('held')");
    return connection;
  }

  private Void query(String text) throws SQLException {
    try (Connection connection = database.getConnection()) {
      execute(connection, "insert into note(text) values ('" + text + "')");
    }
    return null;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
