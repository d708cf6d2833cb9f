package dev.standstill.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.standstill.jdbc.Rollback;
import dev.standstill.jdbc.RollbackDataSource;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bank is asked over HTTP, commits what it likes, and each test begins with the same rows. */
@Rollback
abstract class BankContract {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final RollbackDataSource db;
  private Bank bank;

  BankContract(RollbackDataSource db) {
    this.db = db;
  }

  // tag::test[]
  @BeforeEach
  void start() throws Exception {
    new Accounts(db).open("Ada", 100);
    new Accounts(db).open("Bob", 0);
    HikariConfig database = new HikariConfig();
    database.setDataSource(db);
    bank = new Bank(database, 0);
  }

  @AfterEach
  void stop() {
    bank.close();
  }

  @Test
  void movesMoney() throws Exception {
    assertThat(post("/transfers?from=Ada&to=Bob&amount=30").statusCode()).isEqualTo(200);

    assertThat(get("/accounts?owner=Ada")).isEqualTo("Ada has 70, entries: 1\n");
    assertThat(get("/accounts?owner=Bob")).isEqualTo("Bob has 30, entries: 1\n");
  }

  @Test
  void refusedTransferLeavesNoTrace() throws Exception {
    assertThat(post("/transfers?from=Ada&to=Bob&amount=101").statusCode()).isEqualTo(409);

    assertThat(get("/accounts?owner=Ada")).isEqualTo("Ada has 100, entries: 0\n");
    assertThat(get("/accounts?owner=Bob")).isEqualTo("Bob has 0, entries: 0\n");
  }

  // end::test[]

  @Test
  void servesManyAtOnce() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 20)
            .mapToObj(i ->
                CLIENT.sendAsync(
                    HttpRequest.newBuilder(bank.uri("/accounts?owner=Ada")).build(),
                    BodyHandlers.ofString()))
            .toList();

    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.join().body()).isEqualTo("Ada has 100, entries: 0\n"));
  }

  private String get(String path) throws Exception {
    return CLIENT
        .send(HttpRequest.newBuilder(bank.uri(path)).build(), BodyHandlers.ofString())
        .body();
  }

  private HttpResponse<String> post(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(bank.uri(path)).POST(BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }
}
