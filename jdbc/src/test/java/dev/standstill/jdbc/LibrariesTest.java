package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.standstill.TaskGroup;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What people put above and below a data source works in a scope as it does without. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class LibrariesTest {

  @Parameter TestDatabase database;

  @AfterEach
  void nothingIsLeft() {
    assertThat(notes(database.dataSource())).isEmpty();
  }

  @Test
  void hikariBelow() throws SQLException {
    try (HikariDataSource pool = poolOf(database.dataSource())) {
      RollbackDataSource db = RollbackDataSource.wrap(pool);
      for (int test = 0; test < 5; test++) {
        try (RollbackScope _ = db.begin()) {
          insert(db, "note");
          assertThat(notes(db)).containsExactly("note");
        }
      }
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  @Test
  void hikariAboveServesOneScopeAfterTheOther() throws SQLException {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource()).beneathPool();
    try (HikariDataSource pool = poolOf(db)) {
      assertThat(notes(pool)).isEmpty();
      for (int test = 0; test < 5; test++) {
        try (RollbackScope _ = db.begin()) {
          insert(pool, "note");
          try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, "undone");
            connection.rollback();
          }
          assertThat(notes(pool)).containsExactly("note");
        }
        assertThat(notes(pool)).isEmpty();
      }
    }
  }

  private static HikariDataSource poolOf(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  @Test
  void jdbi() throws Exception {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    Jdbi jdbi = Jdbi.create(db);
    try (RollbackScope _ = db.begin();
        TestLoop loop = TestLoop.open()) {
      jdbi.useTransaction(handle -> handle.execute("insert into note(text) values (?)", "kept"));
      assertThatThrownBy(() ->
              jdbi.useTransaction(handle -> {
                handle.execute("insert into note(text) values (?)", "undone");
                throw new IllegalStateException("application");
              }))
          .hasMessage("application");
      List<List<String>> both =
          loop.run(() -> TaskGroup.gather(() -> texts(jdbi), () -> texts(jdbi)));

      assertThat(both).containsOnly(List.of("kept"));
    }
  }

  private static List<String> texts(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select text from note").mapTo(String.class).list());
  }

  private SQLDialect jooqDialect() {
    return switch (database) {
      case H2 -> SQLDialect.H2;
      case POSTGRESQL -> SQLDialect.POSTGRES;
      case MARIADB -> SQLDialect.MARIADB;
      case MYSQL_DRIVER -> SQLDialect.MYSQL;
    };
  }

  @Test
  void jooq() throws SQLException {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    DSLContext jooq = DSL.using(db, jooqDialect());
    try (RollbackScope _ = db.begin()) {
      jooq.transaction(outer -> {
        outer.dsl().execute("insert into note(text) values (?)", "kept");
        assertThatThrownBy(() ->
            outer
                .dsl()
                .transaction(inner -> {
                  inner.dsl().execute("insert into note(text) values (?)", "undone");
                  throw new IllegalStateException("application");
                }));
      });

      assertThat(jooq.fetchValues("select text from note")).isEqualTo(List.of("kept"));
    }
  }

  @Test
  void springJdbcClient() throws Exception {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    JdbcClient client = JdbcClient.create(db);
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(db));
    try (RollbackScope _ = db.begin();
        TestLoop loop = TestLoop.open()) {
      transaction.executeWithoutResult(_ -> insertNote(client, "kept"));
      transaction.executeWithoutResult(status -> {
        insertNote(client, "undone");
        status.setRollbackOnly();
      });
      List<List<String>> both =
          loop.run(() -> TaskGroup.gather(() -> texts(client), () -> texts(client)));

      assertThat(both).containsOnly(List.of("kept"));
    }
  }

  @Test
  void springTransactionsNest() throws SQLException {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    JdbcClient client = JdbcClient.create(db);
    TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(db));
    TransactionTemplate nested =
        new TransactionTemplate(
            outer.getTransactionManager(),
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    try (RollbackScope _ = db.begin()) {
      outer.executeWithoutResult(_ -> {
        insertNote(client, "kept");
        nested.executeWithoutResult(status -> {
          insertNote(client, "undone");
          status.setRollbackOnly();
        });
      });

      assertThat(texts(client)).containsExactly("kept");
    }
  }

  private static void insertNote(JdbcClient client, String text) {
    client.sql("insert into note(text) values (?)").param(text).update();
  }

  private static List<String> texts(JdbcClient client) {
    return client.sql("select text from note").query(String.class).list();
  }
}
