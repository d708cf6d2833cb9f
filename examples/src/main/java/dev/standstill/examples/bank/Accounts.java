package dev.standstill.examples.bank;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Accounts in a database: plain JDBC, which commits as it likes. */
record Accounts(DataSource database) {

  private static final String[] TABLES = {
    "create table if not exists account(owner varchar(20) primary key,"
        + " balance int not null check (balance >= 0))",
    "create table if not exists entry(owner varchar(20) not null references account,"
        + " amount int not null)",
  };

  void createTables() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
  }

  void open(String owner, int balance) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into account(owner, balance) values (?, ?)")) {
      insert.setString(1, owner);
      insert.setInt(2, balance);
      insert.executeUpdate();
    }
  }

  int balance(String owner) throws SQLException {
    return number("select sum(balance) from account where owner = ?", owner);
  }

  int entries(String owner) throws SQLException {
    return number("select count(*) from entry where owner = ?", owner);
  }

  private int number(String sql, String owner) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, owner);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** Moves money in one transaction, which the database refuses if {@code from} has too little. */
  void transfer(String from, String to, int amount) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        add(connection, to, amount);
        add(connection, from, -amount);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static void add(Connection connection, String owner, int amount) throws SQLException {
    update(connection, "insert into entry(amount, owner) values (?, ?)", amount, owner);
    update(connection, "update account set balance = balance + ? where owner = ?", amount, owner);
  }

  private static void update(Connection connection, String sql, int amount, String owner)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, amount);
      update.setString(2, owner);
      update.executeUpdate();
    }
  }
}
