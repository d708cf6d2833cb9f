package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** H2's server over TCP: each statement is prepared, and then run. */
@EnabledOnOs(OS.LINUX)
class H2Test {

  @Test
  void aQueryTakesRoundTrips() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() -> {
              Server server = Server.createTcpServer("-tcpPort", "9092", "-ifNotExists").start();
              try (Connection connection =
                  DriverManager.getConnection("jdbc:h2:tcp://localhost:9092/mem:shop")) {
                return queries(connection);
              } finally {
                server.stop();
              }
            });

    assertThat(taken).containsExactly(40L, 40L, 40L);
  }

  private static List<Long> queries(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      return List.of(
          millis(() -> statement.execute("CREATE TABLE tea (name VARCHAR)")),
          millis(() -> statement.execute("INSERT INTO tea VALUES ('green')")),
          millis(() -> assertThat(name(statement)).isEqualTo("green")));
    }
  }

  private static String name(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery("SELECT name FROM tea")) {
      found.next();
      return found.getString(1);
    }
  }
}
