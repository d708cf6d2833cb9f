package dev.standstill.examples.guide;

import dev.standstill.TaskGroup;
import dev.standstill.jdbc.RollbackDataSource;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A test that undoes what an application commits from several tasks. */
public final class Database {

  private Database() {}

  // tag::code[]
  /** The code under test: plain JDBC, which commits as it likes. */
  record Accounts(DataSource database) {

    void open(String owner, int balance) throws SQLException {
      try (Connection connection = database.getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into account(owner, balance) values (?, ?)")) {
        insert.setString(1, owner);
        insert.setInt(2, balance);
        insert.executeUpdate();
      }
    }

    int total() throws SQLException {
      try (Connection connection = database.getConnection();
          Statement query = connection.createStatement();
          ResultSet sum = query.executeQuery("select coalesce(sum(balance), 0) from account")) {
        sum.next();
        return sum.getInt(1);
      }
    }
  }

  // end::code[]

  // tag::test[]
  /** Made once, before any loop. */
  static final RollbackDataSource db = RollbackDataSource.wrap(h2());

  public static void main(String[] args) throws Exception {
    var accounts = new Accounts(db);
    for (int test = 1; test <= 2; test++) {
      try (var _ = db.begin();
          var loop = TestLoop.open()) {
        accounts.open("Ada", 100);
        accounts.open("Bob", 20);
        List<Integer> totals = loop.run(() -> TaskGroup.gather(accounts::total, accounts::total));
        System.out.println("Test " + test + ": two tasks see " + totals);
      }
    }
    System.out.println("Afterwards: " + accounts.total());
  }

  // end::test[]

  private static DataSource h2() {
    var h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:accounts;DB_CLOSE_DELAY=-1");
    try (Connection connection = h2.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table account(owner varchar(20), balance int)");
    } catch (SQLException e) {
      throw new IllegalStateException("The table account cannot be made", e);
    }
    return h2;
  }
}
