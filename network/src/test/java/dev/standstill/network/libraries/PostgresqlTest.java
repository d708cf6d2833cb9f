package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** PostgreSQL's driver, with a server that knows simple queries. */
@EnabledOnOs(OS.LINUX)
class PostgresqlTest {

  private static final int TEXT = 25;

  @Test
  void aQueryTakesARoundTripAndATimeOutIsExact() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() -> {
              try (FakeServer server = new FakeServer(PostgresqlTest::speak)) {
                List<Long> each = new ArrayList<>();
                Connection[] opened = new Connection[1];
                each.add(millis(() -> opened[0] = connect(server.port(), "socketTimeout=10")));
                try (Connection connection = opened[0];
                    Statement statement = connection.createStatement()) {
                  each.add(
                      millis(() -> assertThat(ask(statement, "SELECT tea")).isEqualTo("green")));
                  each.add(
                      millis(() ->
                          assertThatThrownBy(() -> ask(statement, "SELECT nothing"))
                              .isInstanceOf(SQLException.class)
                              .hasRootCauseInstanceOf(SocketTimeoutException.class)));
                }
                return each;
              }
            });

    assertThat(taken).containsExactly(40L, 20L, 10_000L);
  }

  @Test
  void aConnectionIsGivenUpAfterItsTime() throws Exception {
    long taken =
        Scenario.withLatency(Duration.ofSeconds(5))
            .afterFirstUse()
            .run(() -> {
              try (FakeServer server = new FakeServer(PostgresqlTest::speak)) {
                return millis(() ->
                    assertThatThrownBy(() -> connect(server.port(), "connectTimeout=3"))
                        .isInstanceOf(SQLException.class)
                        .hasRootCauseInstanceOf(SocketTimeoutException.class));
              }
            });

    assertThat(taken).isEqualTo(3_000);
  }

  private static Connection connect(int port, String option) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/shop?sslmode=disable&gssEncMode=disable&preferQueryMode=simple&assumeMinServerVersion=9.4&ApplicationName=shop&user=ada&%s"
            .formatted(port, option));
  }

  private static String ask(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getString(1);
    }
  }

  private static void speak(DataInputStream in, DataOutputStream out) throws IOException {
    in.skipNBytes(in.readInt() - Integer.BYTES);
    send(out, 'R', body -> body.writeInt(0));
    for (Map.Entry<String, String> parameter :
        List.of(
            Map.entry("server_version", "18.0"),
            Map.entry("client_encoding", "UTF8"),
            Map.entry("DateStyle", "ISO, MDY"),
            Map.entry("integer_datetimes", "on"),
            Map.entry("standard_conforming_strings", "on"))) {
      send(
          out,
          'S',
          body -> {
            text(body, parameter.getKey());
            text(body, parameter.getValue());
          });
    }
    send(out, 'Z', body -> body.writeByte('I'));
    out.flush();
    while (true) {
      int kind = in.read();
      if (kind < 0 || kind == 'X') {
        return;
      }
      byte[] query = in.readNBytes(in.readInt() - Integer.BYTES);
      answer(new String(query, StandardCharsets.UTF_8).strip(), out);
    }
  }

  private static void answer(String query, DataOutputStream out) throws IOException {
    if (query.startsWith("SELECT nothing")) {
      return;
    }
    if (query.startsWith("SELECT")) {
      send(
          out,
          'T',
          body -> {
            body.writeShort(1);
            text(body, "tea");
            body.writeInt(0);
            body.writeShort(0);
            body.writeInt(TEXT);
            body.writeShort(-1);
            body.writeInt(-1);
            body.writeShort(0);
          });
      send(
          out,
          'D',
          body -> {
            body.writeShort(1);
            body.writeInt(5);
            body.writeBytes("green");
          });
    }
    send(out, 'C', body -> text(body, query.startsWith("SELECT") ? "SELECT 1" : "SET"));
    send(out, 'Z', body -> body.writeByte('I'));
    out.flush();
  }

  private interface Body {
    void write(DataOutputStream to) throws IOException;
  }

  /** All at once, so that it is one segment. */
  private static void send(DataOutputStream out, int kind, Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.write(new DataOutputStream(bytes));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream whole = new DataOutputStream(message);
    whole.writeByte(kind);
    whole.writeInt(bytes.size() + Integer.BYTES);
    bytes.writeTo(whole);
    message.writeTo(out);
  }

  private static void text(DataOutputStream to, String text) throws IOException {
    to.writeBytes(text);
    to.writeByte(0);
  }
}
