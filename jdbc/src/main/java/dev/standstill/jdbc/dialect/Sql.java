package dev.standstill.jdbc.dialect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An SQL text that a scope lets its database execute. Immutable.
 *
 * @param text what is executed, which may be less than what was asked for
 * @param statements what it consists of
 * @param isolation the level that it asks for, one of {@link java.sql.Connection}'s; null if none
 * @param parameters the values of its parameters by their numbers, as far as they were needed
 */
public record Sql(
    String text,
    List<SqlStatement> statements,
    @Nullable Integer isolation,
    Map<Integer, Object> parameters) {

  private static final Set<String> READS =
      Set.of("DESC", "DESCRIBE", "EXPLAIN", "PRAGMA", "SELECT", "SET", "SHOW", "TABLE", "VALUES");

  /** Whether it may change rows; a query that calls a function is taken for one that does not. */
  public boolean writes() {
    return !statements.stream().allMatch(statement -> READS.contains(statement.words().getFirst()));
  }

  /** Makes a copy with the values of its parameters. */
  public Sql with(Map<Integer, Object> values) {
    return new Sql(text, statements, isolation, Map.copyOf(values));
  }
}
