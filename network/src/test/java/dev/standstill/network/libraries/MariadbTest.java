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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** MariaDB's driver, with a server that knows queries for one text. */
@EnabledOnOs(OS.LINUX)
class MariadbTest {

  private static final int OK = 0;
  private static final int END = 0xFE;
  private static final int QUIT = 1;
  private static final int QUERY = 3;
  private static final int UTF8 = 45;
  private static final int AUTOCOMMIT = 2;

  /** What the server can do: protocol 4.1, secure login, plugins for it, names of databases. */
  private static final int CAPABILITIES = 0x200 | 0x8000 | 0x80000 | 0x8 | 0x1;

  private static final byte[] OK_PACKET = {OK, 0, 0, AUTOCOMMIT, 0, 0, 0};
  private static final byte[] END_PACKET = {(byte) END, 0, 0, AUTOCOMMIT, 0};

  @Test
  void aQueryTakesARoundTripAndATimeOutIsExact() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() -> {
              try (FakeServer server = new FakeServer(MariadbTest::speak)) {
                List<Long> each = new ArrayList<>();
                Connection[] opened = new Connection[1];
                each.add(millis(() -> opened[0] = connect(server.port(), "socketTimeout=10000")));
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

    assertThat(taken)
        .containsExactly(80L, 20L, 10_000L); // it greets, asks who it is and gets its settings;
  }

  @Test
  void aConnectionIsGivenUpAfterItsTime() throws Exception {
    long taken =
        Scenario.withLatency(Duration.ofSeconds(5))
            .afterFirstUse()
            .run(() -> {
              try (FakeServer server = new FakeServer(MariadbTest::speak)) {
                return millis(() ->
                    assertThatThrownBy(() -> connect(server.port(), "connectTimeout=3000"))
                        .isInstanceOf(SQLException.class)
                        .hasRootCauseInstanceOf(SocketTimeoutException.class));
              }
            });

    assertThat(taken).isEqualTo(3_000);
  }

  private static Connection connect(int port, String option) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:%d/shop?user=ada&sslMode=disable&%s".formatted(port, option));
  }

  private static String ask(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getString(1);
    }
  }

  private static void speak(DataInputStream in, DataOutputStream out) throws IOException {
    send(out, 0, greeting());
    int login = read(in).length;
    assertThat(login).isPositive();
    send(out, 2, OK_PACKET);
    while (true) {
      byte[] command = read(in);
      if (command[0] == QUIT) {
        return;
      }
      String query =
          command[0] == QUERY
              ? new String(command, 1, command.length - 1, StandardCharsets.UTF_8)
              : "";
      if (query.equalsIgnoreCase("SELECT tea")) {
        sendTable(out, "green");
      } else if (!query.equalsIgnoreCase("SELECT nothing")) {
        send(out, 1, OK_PACKET);
      }
    }
  }

  private static byte[] greeting() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(10);
    bytes.writeBytes("11.8.2-MariaDB\0".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(little(1, 4)); // the connection
    bytes.writeBytes("12345678\0".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(little(CAPABILITIES, 2));
    bytes.write(UTF8);
    bytes.writeBytes(little(AUTOCOMMIT, 2));
    bytes.writeBytes(little(CAPABILITIES >> 16, 2));
    bytes.write(21); // the length of what is to be hashed
    bytes.writeBytes(new byte[10]);
    bytes.writeBytes("123456789012\0".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private static void sendTable(DataOutputStream out, String value) throws IOException {
    ByteArrayOutputStream column = new ByteArrayOutputStream();
    for (String name : List.of("def", "", "", "", "tea", "")) {
      text(column, name);
    }
    column.write(12);
    column.writeBytes(little(UTF8, 2));
    column.writeBytes(little(255, 4));
    column.write(253); // VARCHAR
    column.writeBytes(new byte[5]);
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    text(row, value);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream packets = new DataOutputStream(all);
    send(packets, 1, new byte[] {1});
    send(packets, 2, column.toByteArray());
    send(packets, 3, END_PACKET);
    send(packets, 4, row.toByteArray());
    send(packets, 5, END_PACKET);
    all.writeTo(out);
  }

  private static void text(ByteArrayOutputStream to, String text) {
    to.write(text.length());
    to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] little(int value, int bytes) {
    byte[] result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >> (i * Byte.SIZE));
    }
    return result;
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
    in.readUnsignedByte();
    return in.readNBytes(length);
  }

  private static void send(DataOutputStream out, int number, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(little(body.length, 3));
    packet.write(number);
    packet.writeBytes(body);
    packet.writeTo(out);
  }
}
