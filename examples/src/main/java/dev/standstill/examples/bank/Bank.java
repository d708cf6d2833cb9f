package dev.standstill.examples.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A web application with a database. Its handlers are tasks of a loop; it connects when it starts
 * and disconnects when it is closed.
 *
 * <pre>
 * POST /accounts?owner=Ada&amp;balance=100
 * POST /transfers?from=Ada&amp;to=Bob&amp;amount=20
 * GET  /accounts?owner=Ada
 * </pre>
 */
public final class Bank implements AutoCloseable {

  private static final String EMBEDDED = "jdbc:h2:mem:bank;DB_CLOSE_DELAY=-1";

  private final EventLoop loop;
  private final HikariDataSource pool;
  private final Accounts accounts;
  private final HttpServer http;

  // tag::life[]
  /** Connects to the database, and serves on a port of the loopback interface; 0 is any. */
  Bank(HikariConfig database, int port) throws IOException {
    pool = new HikariDataSource(database);
    accounts = new Accounts(pool);
    loop = EventLoop.start("bank");
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(loop);
    http.createContext("/accounts", handler(this::accounts));
    http.createContext("/transfers", handler(this::transfers));
    http.start();
  }

  @Override
  public void close() {
    http.stop(0);
    loop.close();
    pool.close();
  }

  // end::life[]

  // tag::gather[]
  private String accounts(String method, Query query) throws Exception {
    String owner = query.text("owner");
    if (method.equals("POST")) {
      accounts.open(owner, query.number("balance"));
    }
    List<Integer> numbers =
        TaskGroup.gather(() -> accounts.balance(owner), () -> accounts.entries(owner));
    return "%s has %d, entries: %d%n".formatted(owner, numbers.getFirst(), numbers.getLast());
  }

  // end::gather[]

  private String transfers(String method, Query query) throws Exception {
    accounts.transfer(query.text("from"), query.text("to"), query.number("amount"));
    return "done%n".formatted();
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + http.getAddress().getPort() + path);
  }

  @FunctionalInterface
  private interface Page {
    String answer(String method, Query query) throws Exception;
  }

  private static HttpHandler handler(Page page) {
    return exchange -> {
      try (exchange) {
        answer(exchange, page);
      }
    };
  }

  private static void answer(HttpExchange exchange, Page page) throws IOException {
    String text;
    int status = 200;
    try {
      text = page.answer(exchange.getRequestMethod(), Query.of(exchange.getRequestURI()));
    } catch (Exception e) {
      text = "refused: " + e.getMessage() + System.lineSeparator();
      status = 409;
    }
    byte[] body = text.getBytes();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** What follows the question mark of an address. */
  private record Query(Map<String, String> values) {

    static Query of(URI uri) {
      String query = Objects.requireNonNullElse(uri.getQuery(), "");
      return new Query(
          Arrays.stream(query.split("&"))
              .filter(pair -> pair.contains("="))
              .map(pair -> pair.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    String text(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("\"" + name + "\" is missing");
      }
      return value;
    }

    int number(String name) {
      return Integer.parseInt(text(name));
    }
  }

  /**
   * Serves until it is interrupted, on H2 in memory, or on the database of the environment variable
   * DATABASE_URL; on port 8080, or that of the environment variable PORT.
   */
  public static void main(String[] args) throws Exception {
    HikariConfig database = new HikariConfig();
    database.setJdbcUrl(System.getenv().getOrDefault("DATABASE_URL", EMBEDDED));
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    Bank bank = new Bank(database, port);
    bank.accounts.createTables();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              bank.close();
              System.out.println("Disconnected");
            }));
    System.out.println("Connected to " + database.getJdbcUrl().replaceAll("\\?.*", ""));
    System.out.println("Serving " + bank.uri("/accounts"));
  }
}
