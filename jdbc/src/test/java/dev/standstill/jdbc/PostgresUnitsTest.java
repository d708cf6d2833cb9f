package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.run;
import static dev.standstill.jdbc.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What PostgreSQL lets last to the end of a transaction lasts to the end of the unit of work. */
class PostgresUnitsTest {

  private static final DataSource POSTGRES = TestDatabase.POSTGRESQL.dataSource();

  private final RollbackDataSource db = RollbackDataSource.wrap(POSTGRES);
  private RollbackScope scope;

  @BeforeAll
  static void schema() {
    for (String sql :
        List.of(
            "create table if not exists parent(id int primary key)",
            "create table if not exists child(parent int, constraint child_parent foreign key(parent) references parent deferrable initially deferred)",
            "create table if not exists pet(parent int, constraint pet_parent foreign key(parent) references parent deferrable initially immediate)",
            "create or replace function become(tenant text) returns void language plpgsql as $$ begin perform set_config('app.of_function', tenant, true); end $$",
            "create or replace function scratch() returns void language plpgsql as $$ begin create temp table scratch(i int) on commit drop; end $$",
            "do $$ begin create role tenant_role; exception when duplicate_object then null; end $$",
            "create schema if not exists other_schema",
            "create table if not exists other_schema.thing(name text)")) {
      run(POSTGRES, sql);
    }
  }

  @BeforeEach
  void begin() throws SQLException {
    scope = db.begin();
  }

  @AfterEach
  void endLeavesNothing() throws SQLException {
    scope.close();
    assertThat(texts(POSTGRES, "select id::text from parent")).isEmpty();
  }

  private Connection inTransaction() throws SQLException {
    Connection connection = db.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static String setting(Connection connection, String name) throws SQLException {
    return texts(connection, "select current_setting('" + name + "', true)").getFirst();
  }

  private String settingOfOthers(String name) throws SQLException {
    try (Connection other = db.getConnection()) {
      return setting(other, name);
    }
  }

  @Test
  void setLocalEndsWithTheUnit() throws SQLException {
    try (Connection connection = inTransaction()) {
      run(connection, "set local app.tenant = '7'");
      run(connection, "set local lock_timeout to '7s'");
      assertThat(setting(connection, "app.tenant")).isEqualTo("7");
      assertThat(setting(connection, "lock_timeout")).isEqualTo("7s");
      connection.commit();

      assertThat(setting(connection, "app.tenant")).isEmpty();
      assertThat(setting(connection, "lock_timeout")).isEqualTo("0");
      connection.rollback();
    }
    assertThat(settingOfOthers("app.tenant")).isEmpty();
  }

  @Test
  void setConfigEndsWithTheUnitWhereverItIsCalled() throws SQLException {
    try (Connection connection = inTransaction();
        PreparedStatement set = connection.prepareStatement("select set_config(?, ?, true)")) {
      set.setString(1, "app.bound");
      set.setString(2, "7");
      set.execute();
      run(connection, "select become('8')");
      run(connection, "do $$ begin set local app.of_block = '9'; end $$");
      assertThat(setting(connection, "app.bound")).isEqualTo("7");
      assertThat(setting(connection, "app.of_function")).isEqualTo("8");
      connection.commit();
    }

    assertThat(settingOfOthers("app.bound")).isEmpty();
    assertThat(settingOfOthers("app.of_function")).isEmpty();
    assertThat(settingOfOthers("app.of_block")).isEmpty();
  }

  @Test
  void roleOfAUnitEndsWithIt() throws SQLException {
    try (Connection connection = inTransaction()) {
      String before = texts(connection, "select current_user").getFirst();
      run(connection, "set local role tenant_role");
      assertThat(texts(connection, "select current_user")).containsExactly("tenant_role");
      connection.commit();

      assertThat(texts(connection, "select current_user")).containsExactly(before);
    }
  }

  @Test
  void setOfASessionIsOfItsConnectionOnly() throws SQLException {
    try (Connection connection = db.getConnection()) {
      run(connection, "set search_path to other_schema");
      run(connection, "insert into thing values ('found')");
      assertThat(setting(connection, "search_path")).isEqualTo("other_schema");

      assertThat(settingOfOthers("search_path")).isEqualTo("\"$user\", public");
      connection.setAutoCommit(false);
      run(connection, "set search_path to pg_catalog");
      connection.rollback();
      assertThat(setting(connection, "search_path")).isEqualTo("other_schema");
      run(connection, "set local search_path to public");
      connection.commit();
      assertThat(setting(connection, "search_path")).isEqualTo("other_schema");
      run(connection, "reset search_path");
      connection.commit();
      assertThat(setting(connection, "search_path")).isEqualTo("\"$user\", public");
      connection.rollback();
    }
  }

  @Test
  void deferredConstraintIsCheckedAtTheEndOfAUnit() throws SQLException {
    try (Connection connection = inTransaction()) {
      run(connection, "insert into child values (1)");
      run(connection, "insert into parent values (1)");
      connection.commit();
      run(connection, "insert into child values (2)");

      assertThatThrownBy(connection::commit)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
      assertThat(texts(connection, "select parent::text from child")).containsExactly("1");
      run(connection, "insert into child values (3)");
      run(connection, "insert into parent values (3)");
      connection.commit();
    }
    assertThatThrownBy(() -> run(db, "insert into child values (4)"))
        .hasStackTraceContaining("child_parent");
    assertThat(texts(db, "select parent::text from child order by 1")).containsExactly("1", "3");
  }

  @Test
  void constraintThatIsMadeInTheScopeIsDeferredInEachUnit() throws SQLException {
    run(db, "create table made(parent int references parent deferrable initially deferred)");
    for (int unit = 1; unit < 3; unit++) {
      try (Connection connection = inTransaction()) {
        run(connection, "insert into made values (" + unit + ")");
        run(connection, "insert into parent values (" + unit + ")");
        connection.commit();
      }
    }
  }

  @Test
  void setConstraintsEndsWithTheUnit() throws SQLException {
    try (Connection connection = inTransaction()) {
      run(connection, "set constraints pet_parent deferred");
      run(connection, "insert into pet values (1)");
      run(connection, "insert into parent values (1)");
      connection.commit();

      assertThatThrownBy(() -> run(connection, "insert into pet values (2)"))
          .hasMessageContaining("pet_parent");
      connection.rollback();
    }
  }

  @Test
  void temporaryTablesEndWithTheUnitIfACommitEndsThem() throws SQLException {
    try (Connection connection = inTransaction()) {
      for (int unit = 0; unit < 2; unit++) {
        run(connection, "create temp table dropped(i int) on commit drop");
        run(connection, "create temp table if not exists emptied(i int) on commit delete rows");
        run(connection, "select scratch()");
        run(connection, "insert into emptied values (1)");
        connection.commit();

        assertThat(texts(connection, "select i::text from emptied")).isEmpty();
        assertThat(texts(connection, "select to_regclass('dropped')::text")).containsOnlyNulls();
        assertThat(texts(connection, "select to_regclass('scratch')::text")).containsOnlyNulls();
        connection.commit();
      }
    }
  }

  @Test
  void readOnlyUnitRefusesWrites() throws SQLException {
    try (Connection connection = inTransaction()) {
      connection.setReadOnly(true);
      assertThatThrownBy(() -> run(connection, "insert into parent values (1)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
      connection.rollback();
      assertThat(texts(connection, "select id::text from parent")).isEmpty();
      connection.commit();
      connection.setReadOnly(false);
      run(connection, "insert into parent values (1)");
      connection.commit();
    }
    assertThatCode(() -> run(db, "insert into parent values (2)")).doesNotThrowAnyException();
  }

  @Test
  void readOnlyAsSqlIsOfItsUnit() throws SQLException {
    try (Connection connection = inTransaction()) {
      run(connection, "set transaction isolation level repeatable read, read only");
      assertThatThrownBy(() -> run(connection, "insert into parent values (1)"))
          .hasMessageContaining("read-only");
      connection.rollback();
      run(connection, "insert into parent values (1)");
      connection.commit();
    }
  }

  @Test
  void isolationLevelAsSqlIsRememberedForTheUnit() throws SQLException {
    try (Connection connection = inTransaction()) {
      int before = connection.getTransactionIsolation();
      run(connection, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      run(connection, "insert into parent values (1)");
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      connection.commit();

      assertThat(connection.getTransactionIsolation()).isEqualTo(before);
    }
    assertThat(texts(db, "select id::text from parent")).containsExactly("1");
  }

  @Test
  void copyIsAUnitAndDoesNotSpoilTheScopeWhenItFails() throws Exception {
    run(db, "insert into parent values (1)");
    try (Connection connection = db.getConnection()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      assertThat(copy.copyIn("copy parent from stdin", new StringReader("2\n3\n"))).isEqualTo(2);
      assertThat(ids(connection)).containsExactly("1", "2", "3");

      CopyManager again = connection.unwrap(PGConnection.class).getCopyAPI();
      assertThatThrownBy(() -> again.copyIn("copy parent from stdin", new StringReader("4\nx\n")))
          .hasMessageContaining("invalid input syntax");
      assertThat(ids(connection)).containsExactly("1", "2", "3");
      assertThat(texts(db, "select id::text from parent order by id"))
          .containsExactly("1", "2", "3");
    }
  }

  @Test
  void copyInATransactionIsUndoneWithIt() throws Exception {
    try (Connection connection = inTransaction()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy parent from stdin", new StringReader("1\n"));
      assertThat(ids(connection)).containsExactly("1");
      connection.rollback();
      assertThat(ids(connection)).isEmpty();

      assertThatThrownBy(() ->
              new CopyManager(connection.unwrap(BaseConnection.class))
                  .copyIn("copy parent from stdin", new StringReader("x\n")))
          .hasMessageContaining("invalid input syntax");
      connection.rollback();
      run(connection, "insert into parent values (2)");
      connection.commit();
    }
    assertThat(texts(db, "select id::text from parent")).containsExactly("2");
  }

  @Test
  void classOfTheDriverIsAUnitToo() throws SQLException {
    try (Connection connection = db.getConnection()) {
      PgConnection driver = connection.unwrap(PgConnection.class);
      driver.execSQLUpdate("insert into parent values (1)");
      assertThatThrownBy(() -> driver.execSQLUpdate("insert into parent values (1)"))
          .hasMessageContaining("duplicate key");
    }
    assertThat(texts(db, "select id::text from parent")).isEmpty();
    try (Connection connection = db.getConnection()) {
      connection.unwrap(PgConnection.class).execSQLUpdate("insert into parent values (2)");
    }
    assertThat(texts(db, "select id::text from parent")).containsExactly("2");
  }

  @Test
  void largeObjectsAreUnitsToo() throws SQLException, IOException {
    try (Connection connection = inTransaction()) {
      LargeObjectManager manager = connection.unwrap(PGConnection.class).getLargeObjectAPI();
      long number = manager.createLO();
      try (LargeObject object = manager.open(number)) {
        object.write(new byte[] {1, 2, 3});
      }
      connection.commit();
      assertThatThrownBy(() ->
              connection.unwrap(PGConnection.class).getLargeObjectAPI().open(number + 1).read(1))
          .isInstanceOf(SQLException.class);
      connection.rollback();
      LargeObjectManager later = connection.unwrap(PGConnection.class).getLargeObjectAPI();
      try (LargeObject object = later.open(number)) {
        assertThat(object.read(3)).containsExactly(1, 2, 3);
      }
      connection.commit();
    }
  }

  private static List<String> ids(Connection connection) throws SQLException {
    return texts(connection, "select id::text from parent order by id");
  }

  @Test
  void settingsInAFailedUnitAreUndoneWithIt() throws SQLException {
    try (Connection connection = inTransaction()) {
      run(connection, "set local app.tenant = '7'");
      assertThatThrownBy(() -> run(connection, "select nonsense")).isNotNull();
      assertThatThrownBy(connection::commit).isNotNull();
      assertThat(setting(connection, "app.tenant")).isNullOrEmpty();
      connection.rollback();
    }
  }

  @Test
  void savepointOfTheApplicationUndoesWhatASessionHasSet() throws SQLException {
    try (Connection connection = inTransaction()) {
      run(connection, "set app.kept = '1'");
      var savepoint = connection.setSavepoint();
      run(connection, "set app.kept = '2'");
      connection.rollback(savepoint);
      connection.commit();
      try (ResultSet row =
          connection.createStatement().executeQuery("select current_setting('app.kept')")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("1");
      }
    }
  }
}
