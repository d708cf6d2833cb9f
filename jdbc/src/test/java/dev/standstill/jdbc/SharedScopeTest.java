package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Data sources that are made from one have its scope. */
class SharedScopeTest extends ScopedTest {

  @Test
  void eachSeesWhatTheOthersDo() {
    List<RollbackDataSource> all =
        List.of(
            db,
            db.beneathPool(),
            db.refusingOutsideScopes(),
            db.nestedUnits(),
            db.deadlockLimit(Duration.ofDays(1)),
            db.beneathPool().refusingOutsideScopes());
    for (RollbackDataSource each : all) {
      insert(each, "note");
      assertThat(each.sharesScopeWith(db)).isTrue();
    }
    for (RollbackDataSource each : all) {
      assertThat(notes(each)).hasSize(all.size());
    }
    assertThat(db.sharesScopeWith(dataSource())).isFalse();
  }

  @Test
  void poolAboveOneOfThemIsInTheScope() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(db.beneathPool());
    config.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      insert(pool, "pooled");
      assertThat(notes(db)).containsExactly("pooled");
      scope.close();
      assertThat(notes(pool)).isEmpty();
    }
  }

  @Test
  void secondScopeIsRefusedWhicheverBeginsIt() {
    assertThatThrownBy(() -> db.nestedUnits().begin()).hasMessageContaining("close it first");
  }

  @Test
  void connectionThatIsLeftOpenIsALeakUnlessItIsAPools() throws SQLException {
    Connection kept = db.beneathPool().getConnection();
    insert(kept, "note");
    Connection leaked = db.getConnection();

    assertThatThrownBy(scope::close).hasMessageStartingWith("1 connection of ");
    leaked.close();
    kept.close();
  }

  @Test
  void eachWaitsAsLongAsItSays() throws Exception {
    FutureTask<Void> impatient =
        new FutureTask<>(() -> {
          insert(db.deadlockLimit(Duration.ofMillis(100)), "impatient");
          return null;
        });
    try (Connection holder = db.getConnection()) {
      holder.setAutoCommit(false);
      insert(holder, "held");
      Thread.ofPlatform().start(impatient);
      assertThatThrownBy(impatient::get)
          .hasStackTraceContaining(SQLTransactionRollbackException.class.getName())
          .hasStackTraceContaining("has been blocked for PT0.1S");
      holder.rollback();
    }
  }

  @Rollback
  static class TwoFields {
    static final RollbackDataSource db = RollbackDataSource.wrap(TestDatabase.H2.dataSource());
    static final RollbackDataSource nesting = db.nestedUnits();

    @Test
    void haveOneScope() {
      insert(db, "one");
      insert(nesting, "two");
      assertThat(notes(db)).containsExactly("one", "two");
    }
  }

  @Test
  void annotationBeginsOneScopeForBoth() throws SQLException {
    scope.close();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(TwoFields.class))
        .execute()
        .testEvents()
        .assertStatistics(events -> events.succeeded(1).failed(0));
  }
}
