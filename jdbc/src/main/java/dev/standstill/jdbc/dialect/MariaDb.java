package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * MariaDB and MySQL: many statements commit, drivers decide by themselves whether there is anything
 * to undo, and tables of some engines know no transactions.
 */
final class MariaDb extends Dialect {

  /** Read from the documentation of MariaDB 10.11 and MySQL 8.4, "implicit commit". */
  private static final StatementRules RULES =
      new StatementRules()
          .refuse(Refusal.ENDS, "COMMIT", "ROLLBACK")
          .refuse(Refusal.BEGINS, "BEGIN", "START TRANSACTION", "XA START", "XA BEGIN")
          .refuse(Refusal.OUTLIVES, "XA PREPARE")
          .refuse(Refusal.ENDS, "XA COMMIT", "XA ROLLBACK")
          .refuse(Refusal.DDL, "ALTER", "CREATE", "DROP", "GRANT", "RENAME", "REVOKE", "TRUNCATE")
          .refuse(
              Refusal.COMMITS,
              "ANALYZE TABLE",
              "ANALYZE LOCAL TABLE",
              "ANALYZE NO_WRITE_TO_BINLOG TABLE",
              "CHANGE",
              "CHECK",
              "CLONE",
              "FLUSH",
              "IMPORT TABLE",
              "INSTALL",
              "LOCK",
              "OPTIMIZE",
              "REPAIR",
              "RESET",
              "SET PASSWORD",
              "SET DEFAULT ROLE",
              "SHUTDOWN",
              "START",
              "STOP",
              "UNINSTALL",
              "UNLOCK")
          .allow(
              "BEGIN NOT ATOMIC",
              "CREATE TEMPORARY TABLE",
              "CREATE OR REPLACE TEMPORARY TABLE",
              "CREATE TEMPORARY SEQUENCE",
              "CREATE OR REPLACE TEMPORARY SEQUENCE",
              "DROP TEMPORARY TABLE",
              "DROP TEMPORARY SEQUENCE",
              "DROP PREPARE",
              "ROLLBACK TO",
              "ROLLBACK WORK TO");

  /** A variable of the user, with one {@code @}, may have any name. */
  private static final Pattern AUTOCOMMIT =
      Pattern.compile(
          "(?:^SET|,)\\s*(?:(?:SESSION|LOCAL)\\s+|@@(?:(?:SESSION|LOCAL)\\s*\\.\\s*)?)?`?AUTOCOMMIT`?\\s*:?=",
          Pattern.CASE_INSENSITIVE);

  private static final int NOT_ALL_UNDONE = 1196;

  private static final String CHANGED_TABLES =
      """
      select concat(table_schema, '.', table_name, ' (', engine, ')') from information_schema.tables
      where engine in (select engine from information_schema.engines where transactions = 'NO')
      and table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys')
      and (update_time is null or update_time > now() - interval %d second) order by 1
      """;

  private final TemporaryTables temporaryTables =
      new TemporaryTables("DROP TEMPORARY TABLE IF EXISTS ");

  private long begun;

  MariaDb(String product) {
    super(product, SqlLexer.MARIADB, RULES);
  }

  @Override
  Refusal refusal(SqlStatement statement) {
    return statement.words().getFirst().equals("SET") && AUTOCOMMIT.matcher(statement.text()).find()
        ? Refusal.AUTOCOMMIT
        : super.refusal(statement);
  }

  @Override
  boolean setsIsolation(SqlStatement statement) {
    return statement.startsWith("SET TRANSACTION")
        || statement.startsWith("SET SESSION TRANSACTION")
        || statement.startsWith("SET LOCAL TRANSACTION");
  }

  @Override
  String withoutIsolation(SqlStatement statement) {
    return "DO 0";
  }

  @Override
  public void begin(Connection physical) throws SQLException {
    begun = System.nanoTime();
    super.begin(physical);
  }

  /** The driver is not asked: it may know of no transaction although there is one. */
  @Override
  void undoToMark(Connection physical) throws SQLException {
    try (Statement statement = physical.createStatement()) {
      statement.execute("ROLLBACK TO SAVEPOINT " + SCOPE);
    }
  }

  /** The warning also comes when a temporary table was made, which leaves nothing. */
  @Override
  void requireAllUndone(Connection physical, String scope) throws SQLException {
    try (Statement statement = physical.createStatement()) {
      statement.execute("ROLLBACK");
      List<String> changed = warns(statement) ? changedTables(statement) : List.of();
      if (!changed.isEmpty()) {
        throw new SQLException(
            "%s could not undo all of the scope of %s: tables whose engine has no transactions were changed: %s. Give them one that has, such as InnoDB."
                .formatted(product(), scope, String.join(", ", changed)),
            "2D000",
            NOT_ALL_UNDONE);
      }
    }
  }

  private static boolean warns(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SHOW WARNINGS")) {
      while (rows.next()) {
        if (rows.getInt("Code") == NOT_ALL_UNDONE) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The server knows whole seconds only, and those of some engines, such as MEMORY, not at all.
   * What was changed in the second in which the scope began is only taken for changed in it if no
   * temporary table explains the warning.
   */
  private List<String> changedTables(Statement statement) throws SQLException {
    long seconds = (System.nanoTime() - begun) / 1_000_000_000 + (temporaryTables.any() ? 0 : 2);
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(CHANGED_TABLES.formatted(seconds))) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Override
  public void cleanUp(Connection physical) throws SQLException {
    temporaryTables.drop(physical);
  }

  @Override
  public Session session() {
    return new Session() {
      @Override
      public void after(Connection physical, Sql sql) {
        temporaryTables.note(sql);
      }
    };
  }
}
