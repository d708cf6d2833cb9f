package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** In a scope commits, rollbacks and savepoints do what the application expects. */
class TransactionTest extends ScopedTest {

  private static final String ONLY_POSTGRES =
      "Postgres aborts a unit that has failed, and undoes changes of its tables; H2 does neither";
  private static final String NOT_POSTGRES =
      "others go on after a failure, and commit changes of their tables; Postgres does neither";

  private Connection inTransaction() throws SQLException {
    Connection connection = db.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Test
  void whatWasCommittedIsSeenByAllConnections() throws SQLException {
    insert(db, "by itself");
    try (Connection connection = inTransaction()) {
      insert(connection, "in a transaction");
      connection.commit();
    }

    assertThat(notes(db)).containsExactly("by itself", "in a transaction");
  }

  @Test
  void whatWasCommittedIsSeenByOtherThreads() {
    insert(db, "mine");

    assertThat(CompletableFuture.supplyAsync(() -> notes(db)).join()).containsExactly("mine");
  }

  @Test
  void nothingIsSeenOutsideOfTheScope() {
    insert(db, "inside");

    assertThat(notes(database.dataSource())).isEmpty();
  }

  @Test
  void rollbackUndoesItsOwnUnitOnly() throws SQLException {
    insert(db, "before");
    try (Connection connection = inTransaction()) {
      insert(connection, "undone");
      connection.rollback();
      insert(connection, "kept");
      connection.commit();
    }

    assertThat(notes(db)).containsExactly("before", "kept");
  }

  @Test
  void closeUndoesWhatWasNotCommitted() throws SQLException {
    try (Connection connection = inTransaction()) {
      insert(connection, "never committed");
    }

    assertThat(notes(db)).isEmpty();
  }

  @Test
  void turningAutocommitOnCommits() throws SQLException {
    try (Connection connection = inTransaction()) {
      insert(connection, "kept");
      connection.setAutoCommit(true);
      assertThat(connection.getAutoCommit()).isTrue();
    }

    assertThat(notes(db)).containsExactly("kept");
  }

  @Test
  void savepointsNestInsideAUnit() throws SQLException {
    try (Connection connection = inTransaction()) {
      insert(connection, "a");
      Savepoint first = connection.setSavepoint();
      insert(connection, "b");
      Savepoint second = connection.setSavepoint("second");
      insert(connection, "c");
      connection.rollback(second);
      insert(connection, "d");
      connection.releaseSavepoint(second);
      connection.rollback(first);
      insert(connection, "e");
      connection.commit();
    }

    assertThat(notes(db)).containsExactly("a", "e");
  }

  @Test
  void savepointOfAnEndedUnitIsRefused() throws SQLException {
    try (Connection connection = inTransaction()) {
      Savepoint savepoint = connection.setSavepoint();
      connection.commit();

      assertThatThrownBy(() -> connection.rollback(savepoint))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("not one of this connection's open unit of work");
    }
  }

  @Test
  void commitInAutocommitModeIsRefused() throws SQLException {
    try (Connection connection = db.getConnection()) {
      assertThatThrownBy(connection::commit).hasMessageContaining("setAutoCommit(false)");
      assertThatThrownBy(connection::rollback).hasMessageContaining("setAutoCommit(false)");
      assertThatThrownBy(connection::setSavepoint).hasMessageContaining("setAutoCommit(false)");
    }
  }

  @Test
  void failingStatementUndoesItselfOnly() throws SQLException {
    insert(db, "before");
    try (Connection connection = db.getConnection()) {
      assertThatThrownBy(() -> run(connection, "insert into note(text) values (null)"))
          .isInstanceOf(SQLException.class);
      insert(connection, "after");
    }

    assertThat(notes(db)).containsExactly("after", "before");
  }

  @Test
  void failingUnitDoesNotPoisonOthers() throws SQLException {
    insert(db, "before");
    try (Connection connection = inTransaction()) {
      insert(connection, "undone");
      assertThatThrownBy(() -> run(connection, "select no_such_column from note"))
          .isInstanceOf(SQLException.class);
      connection.rollback();
      insert(connection, "after");
      connection.commit();
    }

    assertThat(notes(db)).containsExactly("after", "before");
  }

  @Test
  void afterAFailureAUnitOnPostgresIsAbortedAsItWouldBeWithoutUs() throws SQLException {
    assumeTrue(database.isPostgres(), ONLY_POSTGRES);
    try (Connection connection = inTransaction()) {
      insert(connection, "undone");
      assertThatThrownBy(() -> run(connection, "select no_such_column from note"));
      assertThatThrownBy(() -> insert(connection, "refused"))
          .hasMessageContaining("current transaction is aborted");
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      insert(connection, "a new unit");
      connection.commit();
    }

    assertThat(notes(db)).containsExactly("a new unit");
  }

  @Test
  void afterAFailureAUnitOnOthersGoesOnAsItWouldWithoutUs() throws SQLException {
    assumeFalse(database.isPostgres(), NOT_POSTGRES);
    try (Connection connection = inTransaction()) {
      insert(connection, "kept");
      assertThatThrownBy(() -> run(connection, "select no_such_column from note"));
      connection.commit();
    }

    assertThat(notes(db)).containsExactly("kept");
  }

  @Test
  void ddlThatIsTransactionalIsUndone() throws SQLException {
    assumeTrue(database.isPostgres(), ONLY_POSTGRES);
    run(db, "create table short_lived(id int)");
    run(db, "insert into short_lived values (1)");
    scope.close();

    assertThatThrownBy(() -> run(db, "select * from short_lived"))
        .hasStackTraceContaining("short_lived");
  }

  @Test
  void ddlThatCommitsIsRefusedBeforeItDoes() {
    assumeFalse(database.isPostgres(), NOT_POSTGRES);
    insert(db, "before");

    assertThatThrownBy(() -> run(db, "create table short_lived(id int)"))
        .rootCause()
        .hasMessageStartingWith("\"create table short_lived(id int)\" makes ")
        .hasMessageContaining("define the schema before begin()");
    assertThat(notes(db)).containsExactly("before");
  }

  @Test
  void ddlIsRefusedInBatchesAndPreparedStatementsToo() throws SQLException {
    assumeFalse(database.isPostgres(), NOT_POSTGRES);
    try (Connection connection = db.getConnection();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.addBatch("drop table note"))
          .hasMessageStartingWith("\"drop table note\"");
      assertThatThrownBy(() -> connection.prepareStatement("select 1; truncate table note"))
          .hasMessageStartingWith("\"truncate table note\"");
    }
  }

  @Test
  void commitAsSqlIsRefused() {
    assertThatThrownBy(() -> run(db, "commit"))
        .rootCause()
        .hasMessageContaining("call commit() or rollback() of the Connection");
  }

  @Test
  void connectionsOfAnEndedScopeRefuse() throws SQLException {
    Connection connection = db.getConnection();
    assertThatThrownBy(scope::close).isInstanceOf(ConnectionLeakException.class);

    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(connection::createStatement).hasMessageContaining("scope");
    connection.close();
  }

  @Test
  void transactionLeftOpenByACrashedTestDoesNotReachTheNext() throws SQLException {
    Connection crashed = inTransaction();
    insert(crashed, "left open");
    assertThatThrownBy(scope::close).isInstanceOf(ConnectionLeakException.class);

    scope = db.begin();
    assertThat(notes(db)).isEmpty();
    crashed.close();
    insert(db, "next");
    assertThat(notes(db)).containsExactly("next");
  }

  @Test
  void leakedConnectionIsReportedWithTheStackThatOpenedIt() throws SQLException {
    Connection leaked = openAndForget();

    assertThatThrownBy(scope::close)
        .isInstanceOfSatisfying(
            ConnectionLeakException.class,
            leak ->
                assertThat(leak.getSuppressed())
                    .singleElement()
                    .satisfies(opened ->
                        assertThat(opened.getStackTrace())
                            .extracting(StackTraceElement::getMethodName)
                            .contains("openAndForget")))
        .hasMessageStartingWith("1 connection of RollbackDataSource");
    leaked.close();
  }

  private Connection openAndForget() throws SQLException {
    return db.getConnection();
  }

  @Test
  void secondScopeIsRefusedWhileOneIsOpen() {
    assertThatThrownBy(db::begin)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("close it first")
        .hasCauseInstanceOf(StackOf.class);
  }

  @Test
  void outsideOfScopesItPassesThrough() throws SQLException {
    scope.close();
    insert(db, "for good");

    assertThat(notes(database.dataSource())).containsExactly("for good");
    run(db, "delete from note");
  }

  @Test
  void outsideOfScopesItRefusesIfToldTo() throws SQLException {
    RollbackDataSource careful = db.refusingOutsideScopes();
    scope.close();
    assertThatThrownBy(careful::getConnection).hasMessageContaining("call begin() first");

    try (RollbackScope _ = careful.begin()) {
      insert(careful, "inside");
      assertThat(notes(careful)).containsExactly("inside");
    }
  }

  @Test
  void physicalConnectionIsGivenBackAsItWas() throws SQLException {
    try (Connection kept = database.dataSource().getConnection()) {
      RollbackDataSource single = RollbackDataSource.wrap(keeping(kept));
      try (RollbackScope _ = single.begin()) {
        insert(single, "inside");
      }
      assertThat(kept.getAutoCommit()).isTrue();
      assertThat(notes(kept)).isEmpty();
    }
  }

  /** A data source that gives the same connection again and again, and keeps it open. */
  static DataSource keeping(Connection kept) {
    Connection unclosed =
        proxy(
            Connection.class,
            (self, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(kept, arguments));
    return proxy(DataSource.class, (self, method, arguments) -> unclosed);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
