package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** H2: a statement that fails undoes itself only, and definitions of data commit. */
final class H2 extends Dialect {

  private static final StatementRules RULES =
      new StatementRules()
          .refuse(Refusal.ENDS, "COMMIT", "ROLLBACK")
          .refuse(Refusal.OUTLIVES, "PREPARE COMMIT")
          .refuse(Refusal.BEGINS, "BEGIN", "START TRANSACTION")
          .refuse(Refusal.AUTOCOMMIT, "SET AUTOCOMMIT")
          .refuse(
              Refusal.DDL,
              "ALTER",
              "COMMENT",
              "CREATE",
              "DROP",
              "GRANT",
              "RENAME",
              "REVOKE",
              "TRUNCATE")
          .refuse(Refusal.COMMITS, "ANALYZE", "CHECKPOINT", "RUNSCRIPT", "SHUTDOWN", "SET")
          .allow(
              "ROLLBACK TO",
              "SET SCHEMA",
              "SET SCHEMA_SEARCH_PATH",
              "SET QUERY_TIMEOUT",
              "SET LOCK_TIMEOUT",
              "SET TIME ZONE");

  private static final Pattern VARIABLE = Pattern.compile("^SET\\s+@", Pattern.CASE_INSENSITIVE);
  private static final Pattern TRANSACTIONAL =
      Pattern.compile(
          "^CREATE\\s.*\\bTEMP(ORARY)?\\s+TABLE\\b.*\\bTRANSACTIONAL\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final boolean inMemory;
  private @Nullable H2Clock clock;
  private final TemporaryTables temporaryTables = new TemporaryTables("DROP TABLE IF EXISTS ");

  /**
   * @param url null if the driver does not tell
   */
  H2(@Nullable String url) {
    super("H2", SqlLexer.H2, RULES);
    inMemory = url != null && url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
  }

  @Override
  public boolean failureStaysInStatement() {
    return true;
  }

  @Override
  public boolean isInMemory() {
    return inMemory;
  }

  @Override
  Refusal refusal(SqlStatement statement) {
    return VARIABLE.matcher(statement.text()).find()
            || TRANSACTIONAL.matcher(statement.text()).find()
        ? Refusal.NONE
        : super.refusal(statement);
  }

  @Override
  boolean setsIsolation(SqlStatement statement) {
    return statement.startsWith("SET SESSION CHARACTERISTICS AS TRANSACTION");
  }

  @Override
  String withoutIsolation(SqlStatement statement) {
    return "SET @STANDSTILL_ISOLATION = 1";
  }

  @Override
  public void begin(Connection physical) throws SQLException {
    super.begin(physical);
    clock = H2Clock.of(physical);
  }

  @Override
  public void cleanUp(Connection physical) throws SQLException {
    temporaryTables.drop(physical);
  }

  @Override
  public Session session() {
    return new Session() {
      @Override
      public void begin(Connection physical, boolean readOnly, @Nullable Session around) {
        if (clock != null) {
          clock.letGoOn();
        }
      }

      @Override
      public void after(Connection physical, Sql sql) {
        temporaryTables.note(sql);
      }
    };
  }
}
