package dev.standstill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first words tell what SQL would end the transaction of the scope. */
class SqlStatementTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit",
        "  /* now */ COMMIT WORK",
        "insert into t values (';'); commit",
        "rollback",
        "-- undo\nrollback work",
        "select $$ ; $$; rollback"
      })
  void endsTheTransaction(String sql) {
    assertThat(SqlStatement.of(sql)).anyMatch(SqlStatement::endsTransaction);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "select 'x'; ",
        "rollback to savepoint a",
        "rollback work to a",
        "insert into t values ('; commit;')",
        "insert into t values ('it''s; commit')",
        "select \"commit\" from t",
        "-- commit",
        "/* ; commit */ select 1",
        "create function f() returns int as $f$ begin; commit; end $f$ language plpgsql",
        "insert into commit values (1)"
      })
  void doesNotEndTheTransaction(String sql) {
    assertThat(SqlStatement.of(sql)).noneMatch(SqlStatement::endsTransaction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create table t(i int)", "select 1;\n drop table t", "TRUNCATE TABLE t"})
  void definesData(String sql) {
    assertThat(SqlStatement.of(sql)).anyMatch(SqlStatement::definesData);
  }

  @ParameterizedTest
  @ValueSource(strings = {"select * from \"create\"", "update t set a = 'drop table t'"})
  void doesNotDefineData(String sql) {
    assertThat(SqlStatement.of(sql)).noneMatch(SqlStatement::definesData);
  }
}
