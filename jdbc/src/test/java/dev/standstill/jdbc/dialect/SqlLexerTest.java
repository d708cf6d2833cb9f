package dev.standstill.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL is cut into statements as each database does, and the first words tell what they are. */
class SqlLexerTest {

  private static final List<Dialect> ALL =
      List.of(
          new H2(null),
          new PostgreSql(SqlLexerTest::none),
          new MariaDb("MariaDB"),
          new Sqlite(),
          new OtherDatabase("Other", true));

  private static Connection none() {
    throw new IllegalStateException("There is no server.");
  }

  private static List<String> texts(SqlLexer lexer, String sql) {
    return lexer.statements(sql).stream().map(SqlStatement::text).toList();
  }

  @Test
  void statementIsKeptWhole() {
    String sql = " insert into t values ('a;b', \"c;d\") ; /* ; */ select 1 -- ;\n;";

    assertThat(texts(SqlLexer.STANDARD, sql))
        .containsExactly("insert into t values ('a;b', \"c;d\")", "/* ; */ select 1 -- ;");
  }

  @Test
  void bodyOfATriggerOrAFunctionIsPartOfIt() {
    String trigger =
        "create trigger t after insert on a begin update b set c = case when 1 then 2 end; end";
    String function =
        "create or replace function f() returns int begin atomic select 1; select 2; end";

    assertThat(texts(SqlLexer.STANDARD, trigger + "; select 1"))
        .containsExactly(trigger, "select 1");
    assertThat(texts(SqlLexer.POSTGRESQL, function)).containsExactly(function);
  }

  @Test
  void columnCalledBeginIsNoBody() {
    assertThat(texts(SqlLexer.POSTGRESQL, "create table t(begin int); commit"))
        .containsExactly("create table t(begin int)", "commit");
  }

  @Test
  void databasesQuoteInWaysOfTheirOwn() {
    assertThat(texts(SqlLexer.POSTGRESQL, "select E'it\\'s; x'; commit"))
        .containsExactly("select E'it\\'s; x'", "commit");
    assertThat(texts(SqlLexer.MARIADB, "select 'it\\'s; x' # ;\n; commit"))
        .containsExactly("select 'it\\'s; x' # ;", "commit");
    assertThat(texts(SqlLexer.H2, "select 1 // ;\n; commit"))
        .containsExactly("select 1 // ;", "commit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit",
        "  /* now */ COMMIT WORK",
        "insert into t values (';'); commit",
        "rollback",
        "-- undo\nrollback work",
        "start transaction"
      })
  void endsTheTransactionOfEachDatabase(String sql) {
    for (Dialect dialect : ALL) {
      if (!(dialect instanceof Sqlite && sql.startsWith("start"))) {
        assertThatThrownBy(() -> dialect.admit(sql))
            .as(dialect.product())
            .hasMessageContaining("as SQL");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "select 'x'; ",
        "rollback to a",
        "insert into t values ('; commit;')",
        "insert into t values ('it''s; commit')",
        "-- commit",
        "/* ; commit */ select 1",
        "insert into commit values (1)",
        "update t set a = 'drop table t'"
      })
  void passesOnEachDatabase(String sql) {
    for (Dialect dialect : ALL) {
      assertThatCode(() -> dialect.admit(sql)).as(dialect.product()).doesNotThrowAnyException();
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(new PostgreSql(SqlLexerTest::none), "END"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "abort"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "begin isolation level serializable"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "prepare transaction 'x'"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "select $$ ; $$; rollback"),
        Arguments.of(new Sqlite(), "end transaction"),
        Arguments.of(new Sqlite(), "begin immediate"),
        Arguments.of(new H2(null), "set autocommit true"),
        Arguments.of(new H2(null), "create table t(i int)"),
        Arguments.of(new H2(null), "select 1;\n drop table t"),
        Arguments.of(new MariaDb("MariaDB"), "set autocommit=1"),
        Arguments.of(new MariaDb("MariaDB"), "SET @@session.autocommit = ON"),
        Arguments.of(new MariaDb("MariaDB"), "set @a = 1, session autocommit = 1"),
        Arguments.of(new MariaDb("MariaDB"), "/*!50001 COMMIT */"),
        Arguments.of(new MariaDb("MariaDB"), "xa start 'x'"),
        Arguments.of(new MariaDb("MariaDB"), "XA PREPARE 'x'"),
        Arguments.of(new MariaDb("MariaDB"), "create or replace table t(i int)"),
        Arguments.of(new OtherDatabase("Other", true), "TRUNCATE TABLE t"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusalShowsTheWholeStatement(Dialect dialect, String sql) {
    String last = sql.substring(sql.lastIndexOf(';') + 1).strip();

    assertThatThrownBy(() -> dialect.admit(sql)).hasMessageContaining('"' + last + '"');
  }

  static Stream<Arguments> passing() {
    return Stream.of(
        Arguments.of(new PostgreSql(SqlLexerTest::none), "rollback to savepoint a"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "rollback work to a"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "create table t(i int)"),
        Arguments.of(new PostgreSql(SqlLexerTest::none), "select \"commit\" from t"),
        Arguments.of(
            new PostgreSql(SqlLexerTest::none),
            "create function f() returns int as $f$ begin; commit; end $f$ language plpgsql"),
        Arguments.of(new H2(null), "create local temporary table t(i int) transactional"),
        Arguments.of(new H2(null), "select * from \"create\""),
        Arguments.of(new H2(null), "set @autocommit = true"),
        Arguments.of(new MariaDb("MariaDB"), "set @autocommit=1"),
        Arguments.of(new MariaDb("MariaDB"), "set names utf8mb4"),
        Arguments.of(new MariaDb("MariaDB"), "create or replace temporary table t(i int)"),
        Arguments.of(new MariaDb("MariaDB"), "analyze format=json select 1"),
        Arguments.of(new OtherDatabase("Other", false), "create table t(i int)"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatCommitsNothingPasses(Dialect dialect, String sql) {
    assertThatCode(() -> dialect.admit(sql)).doesNotThrowAnyException();
  }

  @Test
  void isolationIsTakenOutOfPostgresSql() throws Exception {
    Dialect dialect = new PostgreSql(SqlLexerTest::none);

    assertThat(dialect.admit("set transaction isolation level repeatable read, read only").text())
        .isEqualToIgnoringCase("set transaction read only");
    assertThat(dialect.admit("SET TRANSACTION READ ONLY, ISOLATION LEVEL SERIALIZABLE").text())
        .isEqualTo("SET TRANSACTION READ ONLY");
    assertThat(dialect.admit("set transaction isolation level serializable").isolation())
        .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    assertThat(dialect.admit("set transaction read only").isolation()).isNull();
  }

  @Test
  void whatPostgresSqlSetsIsFound() throws Exception {
    Dialect dialect = new PostgreSql(SqlLexerTest::none);

    PostgresEffects effects =
        PostgresEffects.of(
            dialect
                .admit(
                    "set local \"App.Tenant\" = '7'; SET SESSION TIME ZONE 'UTC'; set search_path to a; select set_config('x.y', f(?, ','), true), set_config(?, 'v', false)")
                .with(java.util.Map.of(2, "p.q")));

    assertThat(effects.forTransaction()).containsExactlyInAnyOrder("app.tenant", "x.y");
    assertThat(effects.forSession()).containsExactlyInAnyOrder("timezone", "search_path", "p.q");
  }

  @Test
  void temporaryTablesThatACommitEndsAreFound() throws Exception {
    PostgresEffects effects =
        PostgresEffects.of(
            new PostgreSql(SqlLexerTest::none)
                .admit(
                    "create temp table a as select 1; create temporary table if not exists \"B\"(i int) on commit drop; create temp table c(i int) on commit delete rows"));

    assertThat(effects.temporaryTables())
        .isEqualTo(java.util.Map.of("pg_temp.\"B\"", true, "pg_temp.c", false));
  }
}
