package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scope must know of its database, and does differently there: one subclass for each kind.
 * Of one scope; used by who has the turn, but for {@link #admit}, which anybody may call.
 */
public abstract sealed class Dialect permits H2, MariaDb, OtherDatabase, PostgreSql, Sqlite {

  /** What the mark at the beginning of a scope's transaction is called. */
  static final String SCOPE = "standstill_scope";

  private static final Pattern ISOLATION =
      Pattern.compile(
          "ISOLATION\\s+LEVEL\\s+(READ\\s+UNCOMMITTED|READ\\s+COMMITTED|REPEATABLE\\s+READ|SNAPSHOT|SERIALIZABLE)",
          Pattern.CASE_INSENSITIVE);

  private final String product;
  private final SqlLexer lexer;
  private final StatementRules rules;
  private @Nullable Savepoint mark;

  Dialect(String product, SqlLexer lexer, StatementRules rules) {
    this.product = product;
    this.lexer = lexer;
    this.rules = rules;
  }

  /**
   * Finds the kind of database that {@code connection} leads to.
   *
   * @param others gives other connections to it
   */
  public static Dialect of(Connection connection, ConnectionSource others) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    @Nullable String product = data.getDatabaseProductName();
    return switch (product) {
      case "H2" -> new H2(data.getURL());
      case "PostgreSQL" -> new PostgreSql(others);
      case "MariaDB", "MySQL" -> new MariaDb(product);
      case "SQLite" -> new Sqlite();
      case null, default ->
          new OtherDatabase(String.valueOf(product), data.dataDefinitionCausesTransactionCommit());
    };
  }

  /** Its name. */
  public final String product() {
    return product;
  }

  /**
   * Whether a statement that fails undoes itself and nothing else. Where it is not known to, as on
   * PostgreSQL, which refuses all that follows in the transaction, each autocommit statement gets a
   * savepoint.
   */
  public boolean failureStaysInStatement() {
    return false;
  }

  /** Whether the driver computes on the calling thread and does no I/O. */
  public boolean isInMemory() {
    return false;
  }

  /** Whether {@code failure} says that an earlier one has spoilt the transaction. */
  public boolean isAborted(SQLException failure) {
    return false;
  }

  /**
   * Lets an SQL text pass, or a part of it.
   *
   * @throws SQLException if it would end the transaction of the scope, or change its connection for
   *     all; its message shows the whole statement and the way out
   */
  public final Sql admit(String sql) throws SQLException {
    List<SqlStatement> statements = lexer.statements(sql);
    for (SqlStatement statement : statements) {
      Refusal refusal = refusal(statement);
      if (refusal != Refusal.NONE) {
        throw new SQLException(refusal.of(statement, product), "2D000");
      }
    }
    SqlStatement only = statements.size() == 1 ? statements.getFirst() : null;
    Matcher level = ISOLATION.matcher(sql);
    return only != null && setsIsolation(only) && level.find()
        ? new Sql(withoutIsolation(only), statements, levelOf(level.group(1)), Map.of())
        : new Sql(sql, statements, null, Map.of());
  }

  /** How a statement is refused. */
  Refusal refusal(SqlStatement statement) {
    return rules.of(statement);
  }

  /** Whether all that a statement does is to set how the transaction is isolated, and the like. */
  boolean setsIsolation(SqlStatement statement) {
    return false;
  }

  /** What is executed in the place of a statement that {@link #setsIsolation}. */
  String withoutIsolation(SqlStatement statement) {
    return statement.text();
  }

  private static int levelOf(String name) {
    return switch (name.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ")) {
      case "READ UNCOMMITTED" -> Connection.TRANSACTION_READ_UNCOMMITTED;
      case "READ COMMITTED" -> Connection.TRANSACTION_READ_COMMITTED;
      case "SERIALIZABLE" -> Connection.TRANSACTION_SERIALIZABLE;
      default -> Connection.TRANSACTION_REPEATABLE_READ;
    };
  }

  /**
   * Marks the transaction of a scope, which has just begun, for {@link #undo}; before any
   * statement.
   */
  public void begin(Connection physical) throws SQLException {
    mark = physical.setSavepoint(SCOPE);
  }

  /**
   * Undoes all since {@link #begin}.
   *
   * @param scope what messages call the scope
   * @throws SQLException if the server does not know the mark any more, because the transaction has
   *     ended, or cannot undo all
   */
  public final void undo(Connection physical, String scope) throws SQLException {
    try {
      undoToMark(physical);
    } catch (SQLException e) {
      throw new SQLException(
          "%s committed during the scope of %s, so changes were kept: something in it, such as a stored procedure, a script or a DDL statement, ended the transaction."
              .formatted(product, scope),
          "2D000",
          e);
    }
    requireAllUndone(physical, scope);
  }

  /** Undoes all since the mark; fails if the server does not know it any more. */
  void undoToMark(Connection physical) throws SQLException {
    if (mark != null) {
      physical.rollback(mark);
    }
  }

  /**
   * Looks for what a rollback leaves.
   *
   * @throws SQLException if there is anything
   */
  void requireAllUndone(Connection physical, String scope) throws SQLException {}

  /** Undoes what no rollback does, after the transaction. */
  public void cleanUp(Connection physical) throws SQLException {}

  /** Makes what a logical connection has for itself. */
  public Session session() {
    return new Session();
  }
}
