package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * The annotation begins a scope before {@code @BeforeEach} and undoes it after {@code @AfterEach}.
 */
class RollbackTest {

  private static Events run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .testEvents();
  }

  @Rollback
  static class ThousandTests {
    private static final RollbackDataSource db =
        RollbackDataSource.wrap(TestDatabase.H2.dataSource()).refusingOutsideScopes();

    @BeforeEach
    void fixture() {
      insert(db, "fixture");
    }

    @RepeatedTest(1_000)
    void seesItsFixtureOnly() {
      insert(db, "test");
      assertThat(notes(db)).containsExactly("fixture", "test");
    }

    @AfterEach
    void cleanUp() {
      assertThat(notes(db)).hasSize(2);
    }
  }

  @Test
  void thousandTestsLeaveNoRow() {
    run(ThousandTests.class).assertStatistics(events -> events.succeeded(1_000).failed(0));

    assertThat(notes(TestDatabase.H2.dataSource())).isEmpty();
  }

  @Rollback
  static class ThousandPostgresTests {
    private static final HikariDataSource pool = pool();
    private static final RollbackDataSource db = RollbackDataSource.wrap(pool);

    private static HikariDataSource pool() {
      HikariConfig config = new HikariConfig();
      config.setDataSource(TestDatabase.POSTGRESQL.dataSource());
      return new HikariDataSource(config);
    }

    @AfterAll
    static void closePool() {
      pool.close();
    }

    @RepeatedTest(1_000)
    void seesItsOwnRowsOnly() {
      insert(db, "test");
      assertThat(notes(db)).containsExactly("test");
    }
  }

  @Test
  void thousandTestsLeaveNoRowOnPostgres() {
    run(ThousandPostgresTests.class).assertStatistics(events -> events.succeeded(1_000).failed(0));

    assertThat(notes(TestDatabase.POSTGRESQL.dataSource())).isEmpty();
  }

  static class FailingAndNested {
    private final RollbackDataSource db = RollbackDataSource.wrap(TestDatabase.H2.dataSource());

    @Test
    @Rollback
    void fails() {
      insert(db, "left by a failed test");
      throw new IllegalStateException("on purpose");
    }

    @Nested
    class Inner {
      @Test
      @Rollback
      void findsTheFieldOfTheClassAround() {
        assertThat(notes(db)).isEmpty();
        insert(db, "inner");
      }
    }
  }

  @Test
  void failedTestIsUndoneToo() {
    run(FailingAndNested.class).assertStatistics(events -> events.succeeded(1).failed(1));

    assertThat(notes(TestDatabase.H2.dataSource())).isEmpty();
  }

  @Rollback
  static class Crashing {
    private static final RollbackDataSource db =
        RollbackDataSource.wrap(TestDatabase.POSTGRESQL.dataSource());

    @Test
    void leavesATransactionOpenAndAQueryRunning() throws SQLException, InterruptedException {
      Connection connection = db.getConnection();
      connection.setAutoCommit(false);
      insert(connection, "left open");
      Thread query = Thread.startVirtualThread(() -> TestDatabase.run(db, "select pg_sleep(1000)"));
      while (query.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      throw new IllegalStateException("on purpose");
    }

    @RepeatedTest(3)
    void seesNothingOfIt() {
      assertThat(notes(db)).isEmpty();
    }
  }

  @Test
  void whatACrashedTestLeftOpenDoesNotReachTheNext() {
    run(Crashing.class).assertStatistics(events -> events.succeeded(3).failed(1));

    assertThat(notes(TestDatabase.POSTGRESQL.dataSource())).isEmpty();
  }

  @Rollback
  static class Leaking {
    private final RollbackDataSource db = RollbackDataSource.wrap(TestDatabase.H2.dataSource());

    @Test
    void leaks() throws SQLException {
      db.getConnection();
    }
  }

  @Test
  void testThatLeaksAConnectionFails() {
    run(Leaking.class)
        .failed()
        .assertThatEvents()
        .haveExactly(1, finishedWithFailure(instanceOf(ConnectionLeakException.class)));
  }

  @Rollback
  static class WithoutDataSource {
    @Test
    void hasNothingToUndo() {}
  }

  @Test
  void annotationWithoutADataSourceIsRefused() {
    run(WithoutDataSource.class)
        .failed()
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                instanceOf(IllegalStateException.class),
                message(text -> text.contains("found no field of type RollbackDataSource"))));
  }
}
