package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A commit that goes past a scope is refused, or told at its end; and what is refused does commit.
 */
class CommitsTest {

  private static final List<String> OF_H2 =
      List.of(
          "commit",
          "set autocommit true",
          "create table made(i int)",
          "create local temporary table made(i int)",
          "alter table note add column more int",
          "create index made on note(text)",
          "comment on table note is 'x'",
          "analyze",
          "set mode regular",
          "set max_memory_rows 1000",
          "set db_close_delay -1",
          "set referential_integrity true",
          "truncate table document");

  private static final List<String> OF_MARIADB =
      List.of(
          "commit",
          "set autocommit=1",
          "set @@session.autocommit = on",
          "/*!50001 commit */",
          "begin",
          "start transaction",
          "create table made(i int)",
          "alter table document add column more int",
          "create index made on document(more)",
          "rename table document to renamed",
          "truncate table document",
          "lock tables note write",
          "analyze table note",
          "check table note",
          "optimize table note",
          "repair table note",
          "flush tables",
          "flush privileges",
          "reset query cache",
          "create user if not exists somebody@localhost",
          "grant select on *.* to somebody@localhost",
          "set password for somebody@localhost = password('x')");

  private static final List<String> OF_POSTGRES =
      List.of("commit", "end", "commit work", "end transaction");

  private static final List<String> PASSING_ON_H2 =
      List.of(
          "create local temporary table if not exists passing(i int) transactional",
          "set @x = 1",
          "set schema public",
          "set schema_search_path public",
          "set query_timeout 0",
          "set lock_timeout 1000",
          "set time zone 'UTC'");

  private static final List<String> PASSING_ON_MARIADB =
      List.of(
          "create temporary table passing(i int)",
          "create or replace temporary table passing(i int)",
          "drop temporary table passing",
          "set names utf8mb4",
          "set @autocommit = 1",
          "set session sql_mode = ''",
          "set session transaction isolation level read committed",
          "explain select 1",
          "analyze format=json select 1",
          "do 0",
          "begin not atomic select 1; end",
          "show tables",
          "use mariadb_notes");

  static Stream<Arguments> refused() {
    return Stream.of(
            all(TestDatabase.H2, OF_H2),
            all(TestDatabase.POSTGRESQL, OF_POSTGRES),
            all(TestDatabase.MARIADB, OF_MARIADB))
        .flatMap(each -> each);
  }

  static Stream<Arguments> passing() {
    return Stream.concat(
        all(TestDatabase.H2, PASSING_ON_H2), all(TestDatabase.MARIADB, PASSING_ON_MARIADB));
  }

  private static Stream<Arguments> all(TestDatabase database, List<String> statements) {
    return statements.stream().map(sql -> Arguments.of(database, sql));
  }

  @AfterEach
  void cleanUp() {
    for (TestDatabase each : TestDatabase.values()) {
      if (each.isStarted()) {
        run(each.dataSource(), "delete from note");
      }
    }
  }

  /** What is left of a row after {@code sql} and a rollback, without any scope. */
  private static List<String> leftBy(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, "left");
      run(connection, sql);
      connection.rollback();
    }
    return notes(source);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsRefusedCommits(TestDatabase database, String sql) throws SQLException {
    DataSource source = database.dataSource();
    RollbackDataSource db = RollbackDataSource.wrap(source);
    try (RollbackScope _ = db.begin()) {
      insert(db, "undone");
      assertThatThrownBy(() -> run(db, sql)).rootCause().hasMessageStartingWith('"' + sql + '"');
    }
    assertThat(notes(source)).isEmpty();

    assertThat(leftBy(source, sql)).containsExactly("left");
    restore(database, sql);
  }

  private static void restore(TestDatabase database, String sql) {
    DataSource source = database.dataSource();
    if (sql.contains(" table made") && !sql.contains("temporary")) {
      run(source, "drop table made");
    } else if (sql.contains("index made")) {
      run(source, database == TestDatabase.H2 ? "drop index made" : "drop index made on document");
    } else if (sql.contains("add column")) {
      run(source, sql.replace("add column more int", "add column even_more int"));
    } else if (sql.startsWith("rename")) {
      run(source, "rename table renamed to document");
    }
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesDoesNotCommit(TestDatabase database, String sql) throws SQLException {
    DataSource source = database.dataSource();
    RollbackDataSource db = RollbackDataSource.wrap(source);
    for (int scope = 0; scope < 2; scope++) {
      try (RollbackScope _ = db.begin();
          Connection connection = db.getConnection()) {
        insert(connection, "undone");
        if (sql.startsWith("drop temporary")) {
          run(connection, "create temporary table passing(i int)");
        }
        run(connection, sql);
        insert(connection, "undone, too");
      }
      assertThat(notes(source)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatGoesPastTheListIsToldAtTheEnd(TestDatabase database) throws SQLException {
    DataSource source = database.dataSource();
    prepareToCommitUnseen(database);
    RollbackDataSource db = RollbackDataSource.wrap(source);
    RollbackScope scope = db.begin();
    insert(db, "left");
    commitUnseen(database, db);

    assertThatThrownBy(scope::close)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("committed during the scope of RollbackDataSource");
    assertThat(notes(source)).containsExactly("left");
  }

  @ParameterizedTest
  @EnumSource(
      value = TestDatabase.class,
      names = {"MARIADB", "MYSQL_DRIVER"})
  void sqlThatOnlyTheServerReadsIsToldAtTheEnd(TestDatabase database) throws SQLException {
    DataSource source = database.dataSource();
    RollbackDataSource db = RollbackDataSource.wrap(source);
    RollbackScope scope = db.begin();
    insert(db, "left");
    try (Connection connection = db.getConnection()) {
      run(connection, "prepare sneak from 'set autocommit = 1'");
      run(connection, "execute sneak");
    } catch (SQLException e) {
      assertThat(e.getMessage()).containsIgnoringCase("savepoint");
    }

    assertThatThrownBy(scope::close)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("committed during the scope of RollbackDataSource");
    assertThat(notes(source)).containsExactly("left");
  }

  private static void prepareToCommitUnseen(TestDatabase database) {
    switch (database) {
      case H2 ->
          run(
              database.dataSource(),
              "create alias if not exists sneak for \"dev.standstill.jdbc.Sneak.commit\"");
      case POSTGRESQL -> {}
      case MARIADB, MYSQL_DRIVER ->
          run(
              database.dataSource(),
              "create or replace procedure sneak() begin set autocommit = 1; end");
    }
  }

  private static void commitUnseen(TestDatabase database, RollbackDataSource db)
      throws SQLException {
    try (Connection connection = db.getConnection()) {
      if (database.isPostgres()) {
        connection.unwrap(org.postgresql.jdbc.PgConnection.class).execSQLUpdate("commit");
      } else {
        run(connection, "call sneak()");
      }
    } catch (SQLException e) {
      // What comes next on the connection may fail because the transaction has gone.
      assertThat(e.getMessage()).containsIgnoringCase("savepoint");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestDatabase.class,
      names = {"MARIADB", "MYSQL_DRIVER"})
  void tableWithoutTransactionsIsToldAtTheEnd(TestDatabase database) throws SQLException {
    DataSource source = database.dataSource();
    run(source, "create or replace table bare(i int) engine=MyISAM");
    RollbackDataSource db = RollbackDataSource.wrap(source);
    RollbackScope scope = db.begin();
    insert(db, "undone");
    run(db, "insert into bare values (1)");

    assertThatThrownBy(scope::close)
        .hasMessageContaining("tables whose engine has no transactions were changed")
        .hasMessageContaining("_notes.bare (MyISAM)");
    assertThat(notes(source)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = TestDatabase.class,
      names = {"MARIADB", "MYSQL_DRIVER"})
  void temporaryTableIsGoneAfterTheScope(TestDatabase database) throws SQLException {
    try (Connection kept = database.dataSource().getConnection()) {
      RollbackDataSource db = RollbackDataSource.wrap(TransactionTest.keeping(kept));
      for (int scope = 0; scope < 2; scope++) {
        try (RollbackScope _ = db.begin()) {
          run(db, "create temporary table short_lived(i int)");
          run(db, "insert into short_lived values (1)");
        }
      }
    }
  }
}
