package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What drivers can do works as with a plain connection. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DriverFeaturesTest {

  @Parameter TestDatabase database;
  RollbackDataSource db;
  RollbackScope scope;
  Connection connection;

  @BeforeEach
  void begin() throws SQLException {
    db = RollbackDataSource.wrap(database.dataSource());
    scope = db.begin();
    connection = db.getConnection();
  }

  @AfterEach
  void endLeavesNothingBehind() throws SQLException {
    connection.close();
    scope.close();
    assertThat(notes(database.dataSource())).isEmpty();
  }

  @Test
  void sequencesAndGeneratedKeys() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into note(text) values ('keyed')", Statement.RETURN_GENERATED_KEYS);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getStatement()).isSameAs(statement);
      }
      try (ResultSet next = statement.executeQuery("select nextval('ticket')")) {
        assertThat(next.next()).isTrue();
      }
    }
  }

  @Test
  void returning() throws SQLException {
    String sql =
        database.isPostgres()
            ? "insert into note(text) values ('r') returning text"
            : "select text from final table (insert into note(text) values ('r'))";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("r");
    }
    assertThat(notes(db)).containsExactly("r");
  }

  @Test
  void batch() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into note(text) values (?)")) {
      for (String text : new String[] {"a", "b", "c"}) {
        statement.setString(1, text);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
      assertThat(statement.getConnection()).isSameAs(connection);
    }
    assertThat(notes(db)).containsExactly("a", "b", "c");
  }

  @Test
  void streamingInsideAUnit() throws SQLException {
    insertMany();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      try (ResultSet rows = statement.executeQuery("select text from note")) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(100);
      }
    }
    connection.commit();
  }

  @Test
  void rowsReadInAutocommitModeOutliveOtherUnits() throws SQLException {
    insertMany();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      try (ResultSet rows = statement.executeQuery("select text from note")) {
        rows.next();
        assertThatThrownBy(() -> TestDatabase.run(db, "select nonsense")).isNotNull();
        insert(db, "between");
        int count = 1;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(100);
      }
    }
  }

  private void insertMany() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into note(text) values (?)")) {
      for (int i = 0; i < 100; i++) {
        statement.setString(1, "note-" + i);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  @Test
  void largeTexts() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into note(text) values (?)")) {
      statement.setCharacterStream(1, new StringReader("streamed"), 8);
      statement.executeUpdate();
    }
    assertThat(notes(db)).containsExactly("streamed");
  }

  @Test
  void updatableRows() throws SQLException {
    insert(connection, "old");
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("select id, text from note")) {
      rows.next();
      rows.updateString("text", "new");
      rows.updateRow();
    }
    assertThat(notes(db)).containsExactly("new");
  }

  @Test
  void metadata() throws SQLException {
    String name = database.isPostgres() ? "note" : "NOTE";
    try (ResultSet tables = connection.getMetaData().getTables(null, null, name, null)) {
      assertThat(tables.next()).isTrue();
    }
    assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
  }

  @Test
  void unwrapLeadsToTheDriver() throws SQLException {
    Class<?> type =
        database.isPostgres()
            ? org.postgresql.PGConnection.class
            : org.h2.jdbc.JdbcConnection.class;

    assertThat(connection.isWrapperFor(type)).isTrue();
    assertThat(connection.unwrap(type)).isInstanceOf(type);
    assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
  }

  @Test
  void schemaOfOneConnectionDoesNotReachOthers() throws SQLException {
    String before = connection.getSchema();
    connection.setSchema(database.isPostgres() ? "pg_catalog" : "INFORMATION_SCHEMA");
    assertThat(connection.getSchema()).isNotEqualTo(before);
    TestDatabase.run(connection, "select 1");

    try (Connection other = db.getConnection()) {
      assertThat(other.getSchema()).isEqualTo(before);
      assertThat(notes(other)).isEmpty();
    }
  }

  @Test
  void settingsThatATransactionCannotChangeAreRemembered() throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);

    assertThat(connection.isReadOnly()).isTrue();
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    assertThat(connection.isValid(1)).isTrue();
  }
}
