package dev.standstill.jdbc.dialect;

/** A database of which only its metadata is known. */
final class OtherDatabase extends Dialect {

  private static final String[] DATA_DEFINITION = {
    "ALTER", "COMMENT", "CREATE", "DROP", "GRANT", "RENAME", "REVOKE", "TRUNCATE"
  };

  OtherDatabase(String product, boolean ddlCommits) {
    super(product, SqlLexer.STANDARD, rules(ddlCommits));
  }

  private static StatementRules rules(boolean ddlCommits) {
    StatementRules rules =
        new StatementRules()
            .refuse(Refusal.ENDS, "COMMIT", "ROLLBACK")
            .refuse(Refusal.BEGINS, "START TRANSACTION", "BEGIN TRANSACTION", "BEGIN WORK")
            .allow("ROLLBACK TO", "ROLLBACK WORK TO", "ROLLBACK TRANSACTION TO");
    return ddlCommits ? rules.refuse(Refusal.DDL, DATA_DEFINITION) : rules;
  }
}
