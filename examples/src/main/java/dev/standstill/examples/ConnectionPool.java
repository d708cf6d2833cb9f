package dev.standstill.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Three reports share a pool of two connections. It works, and it has worked for years. */
public final class ConnectionPool {

  private static final int LIMIT = 2;

  private final Database database;
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private final AtomicInteger opened = new AtomicInteger();

  private ConnectionPool(Database database) {
    this.database = database;
  }

  /** Waits for a connection that somebody gives back, if as many are open as there may be. */
  Connection borrow() throws InterruptedException {
    Connection free = idle.poll();
    if (free != null) {
      return free;
    }
    if (opened.get() < LIMIT) {
      opened.incrementAndGet();
      return database.connect();
    }
    return idle.take();
  }

  void giveBack(Connection connection) {
    idle.add(connection);
  }

  /** Has reports made by threads of their own. */
  public static void main(String[] args) throws Exception {
    ConnectionPool pool = new ConnectionPool(new Database());
    List<Future<Integer>> reports = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (String month : List.of("January", "February", "March")) {
        reports.add(threads.submit(() -> pool.report(month)));
      }
    }
    for (Future<Integer> report : reports) {
      System.out.println(report.get() + " orders");
    }
  }

  private int report(String month) throws InterruptedException {
    Connection connection = borrow();
    try {
      return connection.count(month);
    } finally {
      giveBack(connection);
    }
  }

  /** A database that takes two connections and no more. */
  private static final class Database {

    private final AtomicInteger connections = new AtomicInteger();

    Connection connect() {
      if (connections.incrementAndGet() > LIMIT) {
        throw new IllegalStateException("Too many connections: " + connections);
      }
      return new Connection();
    }
  }

  private static final class Connection {

    int count(String month) throws InterruptedException {
      Thread.sleep(200);
      return month.length() * 100;
    }
  }
}
