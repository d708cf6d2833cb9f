package dev.standstill.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a scope must know of its database. Immutable.
 *
 * @param product its name
 * @param ddlCommits whether a statement such as CREATE TABLE commits the transaction
 * @param failureStaysInStatement whether a statement that fails undoes itself and nothing else.
 *     Where it is not known to, as on PostgreSQL, which refuses all that follows in the
 *     transaction, each autocommit statement gets a savepoint
 * @param inMemory whether the driver computes on the calling thread and does no I/O
 */
record Database(
    String product, boolean ddlCommits, boolean failureStaysInStatement, boolean inMemory) {

  static Database of(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    String product = data.getDatabaseProductName();
    return new Database(
        product,
        data.dataDefinitionCausesTransactionCommit(),
        "H2".equals(product),
        isInMemory(data.getURL()));
  }

  /** A driver need not know the URL. */
  private static boolean isInMemory(@Nullable String url) {
    return url != null && url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
  }

  /**
   * Refuses SQL that would end the transaction of the scope.
   *
   * @throws SQLException if {@code sql} holds such a statement; its message names it and the way
   *     out
   */
  void refuseWhatEndsTransactions(String sql) throws SQLException {
    for (SqlStatement statement : SqlStatement.of(sql)) {
      if (statement.endsTransaction()) {
        throw new SQLException(
            "\"%s\" as SQL would end the transaction that the whole scope shares: call commit() or rollback() of the Connection."
                .formatted(statement),
            "2D000");
      }
      if (ddlCommits && statement.definesData()) {
        throw new SQLException(
            "\"%s\" makes %s commit, and nothing done in this scope before it could be undone: define the schema before begin(), or test on a database whose DDL is transactional, such as PostgreSQL."
                .formatted(statement, product),
            "2D000");
      }
    }
  }
}
