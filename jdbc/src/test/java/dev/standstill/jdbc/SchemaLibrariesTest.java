package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static dev.standstill.jdbc.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Libraries that know each database, and what it defines, work in a scope. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SchemaLibrariesTest {

  private static final String ONLY_POSTGRES = "the definition of data can be undone on PostgreSQL";

  @Parameter TestDatabase database;

  /** What Hibernate keeps. */
  @Entity(name = "Letter")
  static class Letter {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String title;

    @Lob String body;

    @Lob byte[] picture;

    Letter() {}

    Letter(String title) {
      this.title = title;
      body = "body of " + title;
      picture = new byte[] {1, 2, 3};
    }
  }

  @BeforeAll
  static void logToNobody() {
    System.setProperty("org.jboss.logging.provider", "slf4j");
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(notes(database.dataSource())).isEmpty();
  }

  private static SessionFactory sessions(DataSource source, String schema) {
    Configuration configuration =
        new Configuration()
            .addAnnotatedClass(Letter.class)
            .setProperty(SchemaToolingSettings.HBM2DDL_AUTO, schema);
    configuration.getProperties().put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, source);
    return configuration.buildSessionFactory();
  }

  @Test
  void hibernateStartsAndWorks() throws SQLException {
    DataSource source = database.dataSource();
    sessions(source, "create").close();
    RollbackDataSource db = RollbackDataSource.wrap(source);
    try (RollbackScope _ = db.begin();
        SessionFactory sessions = sessions(db, "validate")) {
      sessions.inTransaction(session -> session.persist(new Letter("kept")));
      assertThatThrownBy(() ->
              sessions.inTransaction(session -> {
                session.persist(new Letter("undone"));
                session.flush();
                throw new IllegalStateException("application");
              }))
          .hasMessage("application");

      List<Letter> letters =
          sessions.fromTransaction(
              session -> session.createSelectionQuery("from Letter", Letter.class).list());
      assertThat(letters).extracting(letter -> letter.title).containsExactly("kept");
      assertThat(letters.getFirst().body).isEqualTo("body of kept");
      assertThat(letters.getFirst().picture).containsExactly(1, 2, 3);
    }
    assertThat(texts(source, "select title from Letter")).isEmpty();
  }

  @Test
  void twoSessionsOfHibernateNest() throws SQLException {
    DataSource source = database.dataSource();
    sessions(source, "create").close();
    RollbackDataSource db = RollbackDataSource.wrap(source);
    try (RollbackScope _ = db.begin();
        SessionFactory sessions = sessions(db.nestedUnits(), "none");
        Session outer = sessions.openSession();
        Session inner = sessions.openSession()) {
      outer.beginTransaction();
      outer.persist(new Letter("outer"));
      inner.beginTransaction();
      inner.persist(new Letter("inner"));
      inner.getTransaction().commit();
      outer.getTransaction().commit();

      assertThat(texts(db, "select title from Letter order by title"))
          .containsExactly("inner", "outer");
    }
  }

  private static Flyway flyway(DataSource source) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:schema")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  @Test
  void flywayFindsWhatItDidBeforeTheScope() throws SQLException {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    emptySchema(db);
    flyway(db).migrate();
    try (RollbackScope _ = db.begin()) {
      insert(db, "undone");
      Flyway flyway = flyway(db.nestedUnits());
      flyway.validate();
      assertThat(flyway.migrate().migrationsExecuted).isZero();
      assertThat(texts(db, "select name from thing")).containsExactly("first");
    } finally {
      emptySchema(db);
    }
  }

  @Test
  void whatFlywayDoesInAScopeIsUndoneOnPostgres() throws SQLException {
    assumeTrue(database.isPostgres(), ONLY_POSTGRES);
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    try (RollbackScope _ = db.begin()) {
      assertThat(flyway(db.nestedUnits()).migrate().migrationsExecuted).isEqualTo(1);
      assertThat(texts(db, "select name from thing")).containsExactly("first");
    }
    assertThat(texts(database.dataSource(), "select to_regclass('thing')::text"))
        .containsOnlyNulls();
  }

  private static void liquibase(DataSource source) throws SQLException, LiquibaseException {
    try (Liquibase liquibase =
        new Liquibase(
            "schema/changelog.sql",
            new ClassLoaderResourceAccessor(),
            new JdbcConnection(source.getConnection()))) {
      liquibase.update(new Contexts());
    }
  }

  @Test
  void liquibaseFindsWhatItDidBeforeTheScope() throws SQLException, LiquibaseException {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    emptySchema(db);
    liquibase(db);
    try (RollbackScope _ = db.begin()) {
      insert(db, "undone");
      liquibase(db);
      assertThat(texts(db, "select name from thing")).containsExactly("first");
    } finally {
      emptySchema(db);
    }
  }

  @Test
  void whatLiquibaseDoesInAScopeIsUndoneOnPostgres() throws SQLException, LiquibaseException {
    assumeTrue(database.isPostgres(), ONLY_POSTGRES);
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    try (RollbackScope _ = db.begin()) {
      liquibase(db);
      assertThat(texts(db, "select name from thing")).containsExactly("first");
    }
    assertThat(texts(database.dataSource(), "select to_regclass('thing')::text"))
        .containsOnlyNulls();
  }

  private void emptySchema(DataSource source) {
    char quote = database.isMariaDb() ? '`' : '"';
    for (String table : List.of("flyway_schema_history")) {
      run(source, "drop table if exists " + quote + table + quote);
    }
    for (String table : List.of("thing", "databasechangelog", "databasechangeloglock")) {
      run(source, "drop table if exists " + table);
    }
  }
}
