package dev.standstill.examples.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the bank as a reader does, asks it over HTTP, and interrupts it. */
@Timeout(60)
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
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Bank.class.getName())
            .redirectErrorStream(true);
    command.environment().put("PORT", "0");
    command.environment().putAll(settings);
    Process bank = command.start();
    try (BufferedReader output = bank.inputReader()) {
      assertThat(output.readLine()).startsWith("Connected to " + database);
      String serving = output.readLine();
      assertThat(serving).startsWith("Serving http://localhost:");
      assertAnswers(serving.substring("Serving ".length()));
      bank.toHandle().destroy(); // unlike bank.destroy(), leaves its output open
      assertThat(output.readLine()).isEqualTo("Disconnected");
    } finally {
      bank.destroyForcibly();
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
