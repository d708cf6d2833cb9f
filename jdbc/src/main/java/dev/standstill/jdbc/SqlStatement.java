package dev.standstill.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of an SQL text, as far as its first words tell what it is. Immutable.
 *
 * @param words its first words in upper case, at most {@value #WORDS}
 */
record SqlStatement(List<String> words) {

  private static final int WORDS = 3;

  private static final Set<String> DATA_DEFINITION =
      Set.of("ALTER", "COMMENT", "CREATE", "DROP", "GRANT", "RENAME", "REVOKE", "TRUNCATE");

  /** Comments, quoted text, PostgreSQL's and H2's dollar quotes, words, ends of statements. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|`[^`]*`|(\\$\\w*\\$).*?\\1|(?<word>\\w+)|(?<end>;)",
          Pattern.DOTALL);

  /** Finds the statements of {@code sql}, which may hold several. */
  static List<SqlStatement> of(String sql) {
    List<SqlStatement> statements = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean severalStatements = sql.indexOf(';') >= 0;
    Matcher tokens = TOKEN.matcher(sql);
    while (tokens.find()) {
      if (tokens.group("end") != null) {
        add(words, statements);
        words.clear();
      } else if (tokens.group("word") != null && words.size() < WORDS) {
        words.add(tokens.group("word").toUpperCase(Locale.ROOT));
      }
      if (words.size() == WORDS && !severalStatements) {
        break;
      }
    }
    add(words, statements);
    return statements;
  }

  private static void add(List<String> words, List<SqlStatement> statements) {
    if (!words.isEmpty()) {
      statements.add(new SqlStatement(List.copyOf(words)));
    }
  }

  /** COMMIT, or ROLLBACK without a savepoint. */
  boolean endsTransaction() {
    return words.getFirst().equals("COMMIT")
        || words.getFirst().equals("ROLLBACK") && !words.contains("TO");
  }

  boolean definesData() {
    return DATA_DEFINITION.contains(words.getFirst());
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
