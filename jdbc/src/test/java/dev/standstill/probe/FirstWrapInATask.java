package dev.standstill.probe;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.standstill.jdbc.RollbackDataSource;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A program whose first use of a data source, and of the driver's time-outs, is by a task of a test
 * loop. Prints how the query ended, and how far virtual time has moved.
 */
public final class FirstWrapInATask {

  private FirstWrapInATask() {}

  /**
   * @param args the URL of the database, and a query that does not end by itself
   */
  public static void main(String[] args) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.background().spawn("clock", () -> Thread.sleep(Duration.ofDays(1)));
      String end = loop.run(() -> query(args[0], args[1]));
      System.out.println(end + " after " + Duration.between(TestLoop.DEFAULT_START, loop.now()));
    }
  }

  private static String query(String url, String sql) throws SQLException {
    RollbackDataSource db = RollbackDataSource.wrap(dataSource(url));
    try (var _ = db.begin();
        Connection connection = db.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      statement.execute(sql);
      return "finished";
    } catch (SQLTimeoutException e) {
      return "timed out";
    } catch (SQLException e) {
      return e.getSQLState().equals("57014") ? "timed out" : e.toString();
    }
  }

  private static DataSource dataSource(String url) throws SQLException {
    if (url.startsWith("jdbc:mariadb:")) {
      return new MariaDbDataSource(url);
    }
    if (url.startsWith("jdbc:mysql:")) {
      MysqlDataSource mysql = new MysqlDataSource();
      mysql.setUrl(url);
      return mysql;
    }
    if (url.startsWith("jdbc:h2:")) {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setURL(url);
      return h2;
    }
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(url);
    return postgres;
  }
}
