package dev.standstill.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the bank as a reader does, asks it over HTTP, and interrupts it. */
class BankProgramTest {

  @Test
  void runsOnH2WithoutAnySetting() throws Exception {
    assertServes(Map.of(), "jdbc:h2:mem:bank");
  }

  @Test
  void runsOnPostgresWithOneSetting() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      String url = server.getJdbcUrl("postgres", "postgres");

      assertServes(Map.of("DATABASE_URL", url), "jdbc:postgresql://localhost:" + server.getPort());
    }
  }

  private static void assertServes(Map<String, String> settings, String database) throws Exception {
    ProcessBuilder command =
        Jvm.of(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"), Bank.class)
            .redirectErrorStream(true);
    command.environment().put("PORT", "0");
    command.environment().putAll(settings);
    try (Child bank = Child.start(command)) {
      assertThat(bank.readLine()).startsWith("Connected to " + database);
      String serving = bank.readLine();
      assertThat(serving).startsWith("Serving http://localhost:");
      assertAnswers(serving.substring("Serving ".length()));
      bank.signal("TERM");
      assertThat(bank.readLine()).isEqualTo("Disconnected");
    }
  }

  private static void assertAnswers(String accounts) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest open =
          HttpRequest.newBuilder(URI.create(accounts + "?owner=Ada&balance=100"))
              .POST(BodyPublishers.noBody())
              .build();

      assertThat(client.send(open, BodyHandlers.ofString()).body())
          .isEqualTo("Ada has 100, entries: 0\n");
    }
  }
}
