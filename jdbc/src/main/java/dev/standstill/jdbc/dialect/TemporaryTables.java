package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The temporary tables that were made in a scope, where no rollback drops them and the physical
 * connection may live on.
 */
final class TemporaryTables {

  private static final Pattern MADE =
      Pattern.compile(
          "^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:(?:CACHED|MEMORY|LOCAL)\\s+)*TEMP(?:ORARY)?\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?((?:[\\w$.]+|\"[^\"]+\"|`[^`]+`)+)",
          Pattern.CASE_INSENSITIVE);

  private final String drop;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * @param drop the beginning of a statement that drops one if it is there
   */
  TemporaryTables(String drop) {
    this.drop = drop;
  }

  /** Whether any was made. */
  boolean any() {
    return !names.isEmpty();
  }

  /** Notes what {@code sql}, which has been executed, has made. */
  void note(Sql sql) {
    for (SqlStatement statement : sql.statements()) {
      if (statement.words().getFirst().equals("CREATE")) {
        Matcher made = MADE.matcher(statement.text());
        if (made.find()) {
          names.add(made.group(1));
        }
      }
    }
  }

  /** Drops those that are left. */
  void drop(Connection physical) throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    try (Statement statement = physical.createStatement()) {
      for (String name : names) {
        statement.execute(drop + name);
      }
    }
    names.clear();
  }
}
