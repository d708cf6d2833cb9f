package dev.standstill.jdbc.dialect;

/** SQLite: its definitions of data are undone, and END is its word for COMMIT. */
final class Sqlite extends Dialect {

  private static final StatementRules RULES =
      new StatementRules()
          .refuse(Refusal.ENDS, "COMMIT", "END", "ROLLBACK")
          .refuse(Refusal.BEGINS, "BEGIN")
          .allow("ROLLBACK TO", "ROLLBACK TRANSACTION TO");

  Sqlite() {
    super("SQLite", SqlLexer.STANDARD, RULES);
  }
}
