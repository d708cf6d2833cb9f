package dev.standstill.examples;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The pool of {@link ConnectionPool}, with what its timeline shows to be wrong put right. */
public final class MendedConnectionPool {

  private static final int LIMIT = 1;
  private final Database database;
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private final AtomicInteger opened = new AtomicInteger();

  private MendedConnectionPool(Database database) {
    this.database = database;
  }

  /** Waits for a connection that somebody gives back, if as many are open as there may be. */
  Connection borrow() throws InterruptedException {
    Connection free = idle.poll();
    if (free != null) {
      return free;
    }
    // tag::take[]
    if (opened.getAndUpdate(count -> Math.min(LIMIT, count + 1)) < LIMIT) {
      return database.connect();
    }
    // end::take[]
    return idle.take();
  }

  void giveBack(Connection connection) {
    idle.add(connection);
  }

  /** Has reports made by threads of their own. */
  public static void main(String[] args) {
    MendedConnectionPool pool = new MendedConnectionPool(new Database());
    for (String month : List.of("January", "February")) {
      new Thread(() -> pool.report(month), month).start();
    }
  }

  private void report(String month) {
    try {
      Connection connection = borrow();
      System.out.println(month + ": " + connection.count(month) + " orders");
      giveBack(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A database that takes so many connections and no more. */
  private static final class Database {

    private final AtomicInteger connections = new AtomicInteger();

    Connection connect() {
      if (connections.incrementAndGet() > LIMIT) {
        throw new IllegalStateException("Too many connections: " + connections.get());
      }
      return new Connection();
    }
  }

  /** An open connection. */
  private static final class Connection {

    int count(String month) throws InterruptedException {
      Thread.sleep(200);
      return month.length() * 100;
    }
  }
}
