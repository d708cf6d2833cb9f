package dev.standstill.examples.links;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Links that are good for an hour: the application says until when, the database what time it is.
 */
record Links(DataSource database) {

  void createTable() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement create =
            connection.prepareStatement(
                "create table link(name varchar(100), expires timestamp with time zone not null)")) {
      create.execute();
    }
  }

  // tag::links[]
  void issue(String name) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into link(name, expires) values (?, ?)")) {
      insert.setString(1, name);
      insert.setTimestamp(2, Timestamp.from(Instant.now().plus(Duration.ofHours(1))));
      insert.executeUpdate();
    }
  }

  boolean isGood(String name) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select 1 from link where name = ? and expires > current_timestamp")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }
  // end::links[]
}
