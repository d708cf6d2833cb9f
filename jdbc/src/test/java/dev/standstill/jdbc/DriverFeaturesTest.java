package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.Random;
import javax.sql.rowset.serial.SerialClob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGStatement;

/** What drivers can do works as with a plain connection. */
class DriverFeaturesTest extends ScopedTest {

  Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = db.getConnection();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
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
      try (ResultSet next =
          statement.executeQuery(
              database.isMariaDb() ? "select nextval(ticket)" : "select nextval('ticket')")) {
        assertThat(next.next()).isTrue();
      }
    }
  }

  @Test
  void returning() throws SQLException {
    assumeFalse(database == TestDatabase.MYSQL_DRIVER, "MySQL has no RETURNING");
    String sql =
        database == TestDatabase.H2
            ? "select text from final table (insert into note(text) values ('r'))"
            : "insert into note(text) values ('r') returning text";
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
  void batchThatFailsLeavesTheConnectionUsable() throws SQLException {
    insert(connection, "before");
    try (PreparedStatement statement =
        connection.prepareStatement("insert into note(text) values (?)")) {
      statement.setString(1, null);
      statement.addBatch();
      assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
      statement.setString(1, "after");
      statement.addBatch();
      statement.executeBatch();
    }
    assertThat(notes(db)).containsExactly("after", "before");
  }

  @Test
  void preparedStatementServesManyUnitsAndSurvivesFailures() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into note(text) values (?)")) {
      for (int i = 0; i < 10; i++) {
        statement.setString(1, "note-" + i);
        statement.executeUpdate();
        statement.setString(1, null);
        assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
      }
      connection.setAutoCommit(false);
      statement.setString(1, "undone");
      statement.executeUpdate();
      connection.rollback();
      if (database.isPostgres()) {
        assertThat(statement.unwrap(PGStatement.class).isUseServerPrepare()).isTrue();
      }
    }
    assertThat(notes(db)).hasSize(10).doesNotContain("undone");
  }

  @Test
  void callableStatement() throws SQLException {
    assumeFalse(database.isMariaDb(), "its drivers call functions of a schema only");
    try (CallableStatement statement = connection.prepareCall("{? = call abs(?)}")) {
      statement.registerOutParameter(1, Types.INTEGER);
      statement.setInt(2, -7);
      statement.execute();
      assertThat(statement.getInt(1)).isEqualTo(7);
    }
  }

  @Test
  void streamingInsideAUnit() throws SQLException {
    insertMany();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      try (ResultSet rows = statement.executeQuery("select text from note")) {
        assertThat(rows.next()).isTrue();
        assertThat(openCursors()).isEqualTo(database.isPostgres() ? 1 : 0);
        int count = 1;
        while (rows.next()) {
          count++;
        }
        assertThat(count).isEqualTo(100);
      }
    }
    connection.commit();
  }

  /** How many result sets the server keeps for this unit, to be fetched piece by piece. */
  private int openCursors() throws SQLException {
    if (!database.isPostgres()) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("select count(*) from pg_cursors where name <> ''")) {
      count.next();
      return count.getInt(1);
    }
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
  void longTextsAreStreamed() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into note(text) values (?)")) {
      statement.setCharacterStream(1, new StringReader("streamed"), 8);
      statement.executeUpdate();
    }
    assertThat(notes(db)).containsExactly("streamed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void largeObjects(boolean autoCommit) throws SQLException, IOException {
    connection.setAutoCommit(autoCommit);
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    insertDocument(bytes, "a text");

    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select bytes, text from document")) {
      rows.next();
      Blob blob = rows.getBlob("bytes");
      assertThat(blob.length()).isEqualTo(bytes.length);
      assertThat(blob.getBytes(50_000, 10)).isEqualTo(Arrays.copyOfRange(bytes, 49_999, 50_009));
      try (InputStream stream = blob.getBinaryStream()) {
        assertThat(stream.read()).isEqualTo(Byte.toUnsignedInt(bytes[0]));
        assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
      }
      try (BufferedReader reader = new BufferedReader(rows.getClob("text").getCharacterStream())) {
        assertThat(reader.readLine()).isEqualTo("a text");
      }
    }
    if (!autoCommit) {
      connection.commit();
    }
    connection.close();
    scope.close();
    assertThat(largeObjectsLeft()).isZero();
  }

  @Test
  void largeObjectIsWrittenPieceByPiece() throws SQLException, IOException {
    insertDocument(new byte[0], "");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select bytes from document")) {
      rows.next();
      Blob blob = database.isPostgres() ? rows.getBlob(1) : connection.createBlob();
      try (OutputStream stream = blob.setBinaryStream(1)) {
        stream.write(1);
        stream.write(new byte[] {2, 3});
        stream.flush();
      }
      assertThat(blob.getBytes(1, 3)).containsExactly(1, 2, 3);
    }
  }

  private void insertDocument(byte[] bytes, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into document(bytes, text) values (?, ?)")) {
      insert.setBlob(1, new ByteArrayInputStream(bytes));
      insert.setClob(2, new SerialClob(text.toCharArray()));
      insert.executeUpdate();
    }
  }

  private int largeObjectsLeft() throws SQLException {
    String kept = database.isPostgres() ? "pg_largeobject_metadata" : "document";
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + kept)) {
      count.next();
      return count.getInt(1);
    }
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
    String name = database == TestDatabase.H2 ? "NOTE" : "note";
    try (ResultSet tables = connection.getMetaData().getTables(null, null, name, null)) {
      assertThat(tables.next()).isTrue();
    }
    assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
  }

  @Test
  void unwrapLeadsToTheDriver() throws SQLException {
    Class<?> type =
        switch (database) {
          case H2 -> org.h2.jdbc.JdbcConnection.class;
          case POSTGRESQL -> org.postgresql.PGConnection.class;
          case MARIADB -> org.mariadb.jdbc.Connection.class;
          case MYSQL_DRIVER -> com.mysql.cj.jdbc.JdbcConnection.class;
        };

    assertThat(connection.isWrapperFor(type)).isTrue();
    assertThat(connection.unwrap(type)).isInstanceOf(type);
    assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
  }

  @Test
  void schemaOfOneConnectionDoesNotReachOthers() throws SQLException {
    assumeFalse(database.isMariaDb(), "its schemas are catalogs");
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
  void catalogOfOneConnectionDoesNotReachOthers() throws SQLException {
    assumeTrue(database.isMariaDb(), "H2 and Postgres have one catalog for each connection");
    String before = connection.getCatalog();
    connection.setCatalog("information_schema");
    assertThat(TestDatabase.texts(connection, "select count(*) > 0 from engines"))
        .containsExactly("1");

    try (Connection other = db.getConnection()) {
      assertThat(other.getCatalog()).isEqualTo(before);
      assertThat(notes(other)).isEmpty();
    }
  }

  @Test
  void largeObjectHasAllInterfacesOfTheDrivers() throws SQLException {
    if (!database.isPostgres()) {
      assertThat(connection.createClob() instanceof Blob)
          .isEqualTo(database == TestDatabase.MARIADB);
      assertThat(connection.createBlob().toString()).startsWith("scoped ");
    }
    insertDocument(new byte[] {1, 2}, "a text");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select text from document")) {
      rows.next();
      Clob text = rows.getClob(1);
      assertThat(text.getSubString(1, 6)).isEqualTo("a text");
      if (database == TestDatabase.MARIADB) {
        assertThat(((Blob) text).length()).isEqualTo(6);
      }
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
