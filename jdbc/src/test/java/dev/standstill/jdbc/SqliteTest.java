package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.TaskGroup;
import dev.standstill.test.TestLoop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** A third kind of database: native code, a file, transactional DDL, one writer. */
class SqliteTest {

  @TempDir Path directory;
  SQLiteDataSource sqlite;
  RollbackDataSource db;
  RollbackScope scope;

  @BeforeEach
  void begin() throws SQLException {
    sqlite = new SQLiteDataSource();
    sqlite.setUrl("jdbc:sqlite:" + directory.resolve("notes.db"));
    run(sqlite, "create table note(id integer primary key, text varchar(100) not null)");
    db = RollbackDataSource.wrap(sqlite);
    scope = db.begin();
  }

  @AfterEach
  void endLeavesNothingBehind() throws SQLException {
    scope.close();
    assertThat(notes(sqlite)).isEmpty();
  }

  @Test
  void unitsCommitAndRollBack() throws SQLException {
    insert(db, "by itself");
    try (Connection connection = db.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, "kept");
      connection.commit();
      insert(connection, "undone");
      connection.rollback();
    }
    assertThat(notes(db)).containsExactly("by itself", "kept");
  }

  @Test
  void failureStaysInItsUnit() {
    insert(db, "before");
    assertThatThrownBy(() -> run(db, "insert into note(text) values (null)")).isNotNull();
    insert(db, "after");
    assertThat(notes(db)).containsExactly("after", "before");
  }

  @Test
  void ddlIsUndone() throws SQLException {
    run(db, "create table short_lived(id integer)");
    scope.close();
    assertThatThrownBy(() -> run(sqlite, "select * from short_lived")).isNotNull();
  }

  @Test
  void endIsItsWordForCommit() {
    for (String sql : List.of("end", "commit", "END TRANSACTION", "begin immediate", "rollback")) {
      assertThatThrownBy(() -> run(db, sql)).hasStackTraceContaining('"' + sql + "\" as SQL");
    }
  }

  @Test
  void bodyOfATriggerIsNoEnd() throws SQLException {
    run(db, "create table seen(text varchar(100))");
    run(
        db,
        "create trigger see after insert on note begin insert into seen values (new.text); end");
    insert(db, "note");
    assertThat(TestDatabase.texts(db, "select text from seen")).containsExactly("note");
  }

  @Test
  void commitThatGoesPastIsTold() throws SQLException {
    insert(db, "left");
    try (Connection connection = db.getConnection()) {
      run(connection.unwrap(SQLiteConnection.class), "commit");
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("savepoint");
    }

    assertThatThrownBy(scope::close)
        .hasMessageStartingWith("SQLite committed during the scope of RollbackDataSource");
    assertThat(notes(sqlite)).containsExactly("left");
    run(sqlite, "delete from note");
  }

  @Test
  void unitsNest() throws SQLException {
    RollbackDataSource nesting = db.nestedUnits();
    try (Connection outer = nesting.getConnection()) {
      outer.setAutoCommit(false);
      insert(outer, "outer");
      insert(nesting, "alone");
      try (Connection inner = nesting.getConnection()) {
        inner.setAutoCommit(false);
        insert(inner, "undone");
        inner.rollback();
      }
      outer.commit();
    }
    assertThat(notes(db)).containsExactly("alone", "outer");
  }

  @Test
  void gatheredQueriesBothSucceed() throws Exception {
    insert(db, "seen");
    try (TestLoop loop = TestLoop.open()) {
      assertThat(loop.run(() -> TaskGroup.gather(() -> notes(db), () -> notes(db))))
          .containsOnly(List.of("seen"));
    }
  }
}
