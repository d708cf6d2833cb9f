package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.run;
import static dev.standstill.jdbc.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advisory locks of PostgreSQL are those of one logical connection, or of one unit of work. */
class AdvisoryLocksTest {

  private static final DataSource POSTGRES = TestDatabase.POSTGRESQL.dataSource();

  private final RollbackDataSource db = RollbackDataSource.wrap(POSTGRES);
  private RollbackScope scope;

  @BeforeEach
  void begin() throws SQLException {
    scope = db.begin();
  }

  @AfterEach
  void endLeavesNoLock() throws SQLException {
    scope.close();
    assertThat(texts(POSTGRES, "select objid::text from pg_locks where locktype = 'advisory'"))
        .isEmpty();
  }

  private static boolean ask(Connection connection, String function) throws SQLException {
    return texts(connection, "select pg_" + function).getFirst().equals("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "try_advisory_lock(7); try_advisory_lock(7); advisory_unlock(7)",
        "try_advisory_lock(-7); try_advisory_xact_lock(-7); advisory_unlock(-7)",
        "try_advisory_lock(-1, 3); try_advisory_lock(-1, 3); advisory_unlock(-1, 3)",
        "try_advisory_lock_shared(7); try_advisory_lock(7); advisory_unlock_shared(7)",
      })
  void lockOfOneConnectionIsRefusedToOthers(String lock, String refused, String unlock)
      throws SQLException {
    try (Connection one = db.getConnection();
        Connection two = db.getConnection()) {
      assertThat(ask(one, lock)).isTrue();
      assertThat(ask(two, refused)).isFalse();
      assertThat(ask(two, unlock)).isFalse();
      assertThat(ask(one, lock)).isTrue();
      assertThat(ask(one, unlock)).isTrue();
      assertThat(ask(two, refused)).isFalse();
      assertThat(ask(one, unlock)).isTrue();
      assertThat(ask(two, refused)).isTrue();
    }
  }

  @Test
  void sharedLockIsShared() throws SQLException {
    try (Connection two = db.getConnection()) {
      try (Connection one = db.getConnection()) {
        assertThat(ask(one, "try_advisory_lock_shared(7)")).isTrue();
        assertThat(ask(two, "try_advisory_lock_shared(7)")).isTrue();
      }
      assertThat(ask(two, "advisory_unlock_shared(7)")).isTrue();
    }
  }

  @Test
  void lockOutlivesARollbackAndEndsWithTheConnection() throws SQLException {
    try (Connection two = db.getConnection()) {
      try (Connection one = db.getConnection()) {
        one.setAutoCommit(false);
        assertThat(ask(one, "try_advisory_lock(7)")).isTrue();
        one.rollback();
        assertThat(ask(two, "try_advisory_lock(7)")).isFalse();
      }
      assertThat(ask(two, "try_advisory_lock(7)")).isTrue();
    }
  }

  @Test
  void lockOfATransactionEndsWithTheUnit() throws SQLException {
    try (Connection one = db.getConnection();
        Connection two = db.getConnection()) {
      one.setAutoCommit(false);
      assertThat(ask(one, "try_advisory_xact_lock(7)")).isTrue();
      one.commit();
      assertThat(ask(two, "try_advisory_lock(7)")).isTrue();
    }
  }

  @Test
  void waitForALockThatNobodyCanGiveBackEnds() throws SQLException {
    try (Connection one = db.getConnection();
        Connection two = db.getConnection()) {
      run(one, "select pg_advisory_lock(7)");
      two.setAutoCommit(false);
      run(two, "set local lock_timeout = '100ms'");
      assertThatThrownBy(() -> run(two, "select pg_advisory_lock(7)"))
          .hasMessageContaining("lock timeout");
      two.rollback();
      assertThat(ask(one, "advisory_unlock(7)")).isTrue();
    }
  }
}
