package dev.standstill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.standstill.children.Jvm;
import dev.standstill.probe.FirstWrapInATask;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * What a driver starts for its time-outs is in real time, even if a task was the first to need it.
 */
class FirstWrapInATaskTest {

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void queryTimeoutIsInRealTime(TestDatabase database) throws Exception {
    String output = Jvm.runWithAgent(FirstWrapInATask.class, urlOf(database), database.longQuery());

    assertThat(output).isEqualTo("timed out after PT0S%n".formatted());
  }

  private static String urlOf(TestDatabase database) throws SQLException {
    DataSource source = database.dataSource();
    if (source instanceof MariaDbDataSource maria) {
      return maria.getUrl();
    }
    if (source instanceof MysqlDataSource mysql) {
      return mysql.getUrl();
    }
    if (!database.isPostgres()) {
      return "jdbc:h2:mem:";
    }
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getURL().replaceAll("\\?.*", "") + "?user=postgres";
    }
  }
}
