package dev.standstill.jdbc.dialect;

/** Why a scope refuses a statement, and what to do instead. */
enum Refusal {
  /** It is not refused. */
  NONE(""),

  ENDS(
      "\"%s\" as SQL would end the transaction that the whole scope shares: call commit() or rollback() of the Connection."),

  BEGINS(
      "\"%s\" as SQL would begin a transaction beside the one that the whole scope shares: call setAutoCommit(false) of the Connection, and commit() or rollback() at its end."),

  AUTOCOMMIT(
      "\"%s\" as SQL would change the mode of the connection that the whole scope shares: call setAutoCommit of the Connection."),

  COMMITS(
      "\"%s\" makes %s commit, and nothing done in this scope before it could be undone: do it before begin(), or test on a database that can undo it, such as PostgreSQL."),

  DDL(
      "\"%s\" makes %s commit, and nothing done in this scope before it could be undone: define the schema before begin(), or test on a database whose DDL is transactional, such as PostgreSQL."),

  OUTLIVES(
      "\"%s\" makes %s keep the transaction although the scope ends: do it before begin(), or without a scope.");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  String of(SqlStatement statement, String product) {
    return sentence.formatted(statement, product);
  }
}
