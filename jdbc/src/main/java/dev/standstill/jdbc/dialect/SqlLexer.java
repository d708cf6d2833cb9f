package dev.standstill.jdbc.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts SQL into statements. Databases differ in what they take for comments and quoted text.
 * Immutable.
 */
final class SqlLexer {

  /** What has a body of several statements, unless that is quoted. */
  private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE", "TRIGGER");

  private static final String COMMENTS = "--[^\\n]*|/\\*.*?\\*/|";
  private static final String QUOTES = "'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|`[^`]*`|";
  private static final String DOLLARS = "(\\$\\w*\\$).*?\\1|";
  private static final String REST = "(?<word>\\w+)|(?<end>;)";

  /** The standard, and dollar quotes. */
  static final SqlLexer STANDARD = new SqlLexer(COMMENTS + QUOTES + DOLLARS + REST);

  /** Besides, strings in which a backslash quotes: {@code E'it\'s'}. */
  static final SqlLexer POSTGRESQL =
      new SqlLexer(COMMENTS + "[eE]'(?:[^'\\\\]|\\\\.|'')*+'|" + QUOTES + DOLLARS + REST);

  /** Besides, comments that begin with two slashes. */
  static final SqlLexer H2 = new SqlLexer("//[^\\n]*|" + COMMENTS + QUOTES + DOLLARS + REST);

  /**
   * Backslashes in strings, comments that begin with {@code #}, and comments that are executed:
   * {@code /*!50001 COMMIT *}{@code /}.
   */
  static final SqlLexer MARIADB =
      new SqlLexer(
          "#[^\\n]*|--(?=\\s|$)[^\\n]*|/\\*M?!\\d*|\\*/|/\\*.*?\\*/|"
              + "'(?:[^'\\\\]|\\\\.|'')*+'|\"(?:[^\"\\\\]|\\\\.|\"\")*+\"|`[^`]*`|"
              + REST);

  private final Pattern token;

  private SqlLexer(String token) {
    this.token = Pattern.compile(token, Pattern.DOTALL);
  }

  /** Finds the statements of {@code sql}, which may hold several. */
  List<SqlStatement> statements(String sql) {
    Cut cut = new Cut(sql);
    boolean several = sql.indexOf(';') >= 0;
    Matcher tokens = token.matcher(sql);
    while (tokens.find() && (several || cut.words.size() < SqlStatement.WORDS)) {
      if (tokens.group("end") != null) {
        cut.end(tokens.start(), tokens.end());
      } else if (tokens.group("word") != null) {
        cut.word(tokens.group("word").toUpperCase(Locale.ROOT));
      }
    }
    cut.end(sql.length(), sql.length());
    return cut.statements;
  }

  /** The work of one call. */
  private static final class Cut {

    private final String sql;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int begin;

    /** How many bodies of triggers or functions, and conditions in them, are open. */
    private int open;

    Cut(String sql) {
      this.sql = sql;
    }

    void word(String word) {
      if (words.size() < SqlStatement.WORDS) {
        words.add(word);
      }
      if (isRoutine()) {
        switch (word) {
          case "BEGIN" -> open++;
          case "CASE" -> open += open > 0 ? 1 : 0;
          case "END" -> open -= open > 0 ? 1 : 0;
          default -> {}
        }
      }
    }

    private boolean isRoutine() {
      return words.getFirst().equals("CREATE") && words.stream().anyMatch(ROUTINES::contains);
    }

    void end(int end, int next) {
      if (open > 0 && end < sql.length()) {
        return;
      }
      if (!words.isEmpty()) {
        statements.add(new SqlStatement(sql.substring(begin, end).strip(), List.copyOf(words)));
      }
      words.clear();
      open = 0;
      begin = next;
    }
  }
}
