package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a task of a loop, H2's time is the loop's: one for each unit of work. */
class H2ClockTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static DataSource h2(String mode) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:clock;DB_CLOSE_DELAY=-1;MODE=" + mode);
    return source;
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_timestamp(9)")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REGULAR", "PostgreSQL", "MySQL"})
  void timeOfH2IsTheLoops(String mode) throws Exception {
    RollbackDataSource db = RollbackDataSource.wrap(h2(mode));
    try (TestLoop loop = TestLoop.open();
        RollbackScope _ = db.begin()) {
      loop.run(() -> {
        try (Connection connection = db.getConnection()) {
          assertThat(now(connection)).isEqualTo(TestLoop.DEFAULT_START);
          Thread.sleep(HOUR);
          assertThat(now(connection)).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
          connection.setAutoCommit(false);
          Instant begun = now(connection);
          Thread.sleep(HOUR);
          if (!mode.equals("MySQL")) {
            assertThat(now(connection)).isEqualTo(begun);
          }
          connection.commit();
          assertThat(now(connection)).isEqualTo(begun.plus(HOUR));
          connection.commit();
        }
      });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soItIsBelowAPool(boolean pooled) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(h2("REGULAR"));
    try (HikariDataSource pool = new HikariDataSource(config)) {
      RollbackDataSource db = RollbackDataSource.wrap(pooled ? pool : h2("REGULAR"));
      try (RollbackScope _ = db.begin();
          TestLoop loop = TestLoop.open()) {
        loop.run(() -> {
          assertThat(texts(db, "select year(current_timestamp)")).containsExactly("2000");
          Thread.sleep(Duration.ofDays(366));
          assertThat(texts(db, "select year(current_timestamp)")).containsExactly("2001");
        });
      }
    }
  }
}
