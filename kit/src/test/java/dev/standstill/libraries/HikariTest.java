package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** HikariCP keeps house over H2 in virtual time. */
class HikariTest {

  @Test
  void idleConnectionsAreClosedAfterTenMinutes() throws Exception {
    Loops.runOnEach(() -> {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl("jdbc:h2:mem:");
      config.setMaximumPoolSize(3);
      config.setMinimumIdle(1);
      config.setIdleTimeout(Duration.ofMinutes(10).toMillis());
      try (HikariDataSource pool = new HikariDataSource(config)) {
        useThreeAtOnce(pool);
        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(3);
        Thread.sleep(Duration.ofMinutes(11));
        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
      }
      return null;
    });
  }

  private static void useThreeAtOnce(HikariDataSource pool) throws SQLException {
    try (Connection first = pool.getConnection();
        Connection second = pool.getConnection();
        Connection third = pool.getConnection()) {
      assertThat(one(first) + one(second) + one(third)).isEqualTo(3);
    }
  }

  private static int one(Connection connection) throws SQLException {
    try (ResultSet result = connection.createStatement().executeQuery("SELECT 1")) {
      result.next();
      return result.getInt(1);
    }
  }
}
