package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A second unit of a thread is nested in its first, if that is asked for. */
class NestedUnitsTest extends ScopedTest {

  private RollbackDataSource nesting;

  @BeforeEach
  void nest() {
    nesting = db.nestedUnits();
  }

  private Connection inTransaction() throws SQLException {
    Connection connection = nesting.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Test
  void innerIsKeptWhenBothCommit() throws SQLException {
    try (Connection outer = inTransaction();
        Connection inner = inTransaction()) {
      insert(outer, "outer");
      insert(inner, "inner");
      inner.commit();
      insert(outer, "outer again");
      outer.commit();
    }

    assertThat(notes(db)).containsExactly("inner", "outer", "outer again");
  }

  @Test
  void innerAloneIsUndone() throws SQLException {
    try (Connection outer = inTransaction();
        Connection inner = inTransaction()) {
      insert(outer, "outer");
      insert(inner, "inner");
      inner.rollback();
      outer.commit();
    }

    assertThat(notes(db)).containsExactly("outer");
  }

  @Test
  void statementInAutocommitModeIsNestedToo() throws SQLException {
    try (Connection outer = inTransaction()) {
      insert(outer, "outer");
      insert(nesting, "alone");
      assertThatThrownBy(() -> TestDatabase.run(nesting, "insert into note(text) values (null)"))
          .isNotNull();
      outer.commit();
    }

    assertThat(notes(db)).containsExactly("alone", "outer");
  }

  @Test
  void outerMayCommitFirst() throws SQLException {
    try (Connection outer = inTransaction();
        Connection inner = inTransaction()) {
      insert(outer, "outer");
      insert(inner, "inner");
      outer.commit();
      insert(inner, "inner again");
      inner.commit();
    }
    assertThat(CompletableFuture.supplyAsync(() -> notes(db)).join())
        .containsExactly("inner", "inner again", "outer");
  }

  @Test
  void unitsNestSeveralTimes() throws SQLException {
    try (Connection first = inTransaction();
        Connection second = inTransaction();
        Connection third = inTransaction()) {
      insert(first, "first");
      insert(second, "second");
      insert(third, "third");
      third.rollback();
      insert(third, "third again");
      third.commit();
      second.commit();
      first.commit();
    }
    assertThat(notes(db)).containsExactly("first", "second", "third again");
  }

  @Test
  void rollbackOfTheOuterAfterACommitOfTheInnerIsTold() throws SQLException {
    try (Connection outer = inTransaction()) {
      insert(outer, "outer");
      commitInner();
      outer.rollback();
    }
    assertThat(notes(db)).isEmpty();

    assertThatThrownBy(scope::close)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("was rolled back, and with it what another unit")
        .satisfies(told ->
            assertThat(told.getSuppressed()[0].getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("commitInner"));
  }

  private void commitInner() throws SQLException {
    try (Connection inner = inTransaction()) {
      insert(inner, "inner");
      inner.commit();
    }
  }

  @Test
  void rollbackOfTheOuterAfterAStatementOfATaskIsToldWithItsPlace() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (Connection outer = inTransaction()) {
          insert(outer, "outer");
          insert(nesting, "alone");
          outer.rollback();
        }
      });
    }

    assertThatThrownBy(scope::close)
        .hasMessageContaining("what another unit")
        .satisfies(told ->
            assertThat(told.getSuppressed()[0].getStackTrace())
                .extracting(StackTraceElement::getClassName)
                .contains(NestedUnitsTest.class.getName()));
  }

  @Test
  void rollbackOfTheOuterAfterTheInnerHasOnlyReadIsAsOnTwoConnections() throws SQLException {
    try (Connection outer = inTransaction()) {
      insert(outer, "outer");
      assertThat(notes(nesting)).hasSize(1);
      outer.rollback();
    }
    assertThat(notes(db)).isEmpty();
  }

  @Test
  void rollbackOfTheInnerAfterTheOuterHasWrittenIsTold() throws SQLException {
    try (Connection outer = inTransaction();
        Connection inner = inTransaction()) {
      insert(outer, "outer");
      insert(inner, "inner");
      insert(outer, "lost");
      inner.rollback();
      outer.commit();
    }
    assertThat(notes(db)).containsExactly("outer");

    assertThatThrownBy(scope::close).hasMessageContaining("what another unit");
  }

  @Test
  void innerIsLostWhenTheOuterIsRolledBackMeanwhile() throws SQLException {
    try (Connection outer = inTransaction();
        Connection inner = inTransaction()) {
      insert(outer, "outer");
      insert(inner, "inner");
      outer.rollback();
      assertThatThrownBy(() -> insert(inner, "inner again"))
          .hasMessageContaining("was undone with it");
      assertThatThrownBy(inner::commit).hasMessageContaining("was undone with it");
      insert(inner, "anew");
      inner.commit();
    }
    assertThat(CompletableFuture.supplyAsync(() -> notes(db)).join()).containsExactly("anew");
    assertThatThrownBy(scope::close).hasMessageContaining("what another unit");
  }

  @Test
  void otherThreadsWaitForTheOutermost() throws Exception {
    CompletableFuture<Void> other;
    try (Connection outer = inTransaction()) {
      insert(outer, "outer");
      commitInner();
      other = CompletableFuture.runAsync(() -> insert(db, "other"));
      while (!scope.shared().turn().hasQueuedThreads()) {
        Thread.onSpinWait();
      }
      insert(outer, "outer again");
      outer.commit();
    }
    other.get();
    assertThat(notes(db)).containsExactly("inner", "other", "outer", "outer again");
  }

  @Test
  void refusalNamesTheOption() throws SQLException {
    try (Connection first = db.getConnection()) {
      first.setAutoCommit(false);
      insert(first, "first");
      assertThatThrownBy(() -> notes(db)).hasStackTraceContaining("nestedUnits()");
      first.rollback();
    }
  }

  @Test
  void springsTransactionsAreAsOnTwoConnections() {
    JdbcClient client = JdbcClient.create(nesting);
    TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(nesting));
    TransactionTemplate anew = with(outer, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    TransactionTemplate without = with(outer, TransactionDefinition.PROPAGATION_NOT_SUPPORTED);

    outer.executeWithoutResult(_ -> {
      insertNote(client, "outer");
      anew.executeWithoutResult(_ -> insertNote(client, "anew"));
      anew.executeWithoutResult(status -> {
        insertNote(client, "undone");
        status.setRollbackOnly();
      });
      without.executeWithoutResult(_ -> insertNote(client, "without"));
    });

    assertThat(notes(db)).containsExactly("anew", "outer", "without");
  }

  private static TransactionTemplate with(TransactionTemplate outer, int propagation) {
    return new TransactionTemplate(
        outer.getTransactionManager(), new DefaultTransactionDefinition(propagation));
  }

  private static void insertNote(JdbcClient client, String text) {
    client.sql("insert into note(text) values (?)").param(text).update();
  }
}
