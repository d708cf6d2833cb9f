package dev.standstill.jdbc.dialect;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What SQL for PostgreSQL does, as far as its text tells, that lasts to the end of a transaction or
 * of a session.
 *
 * @param forTransaction names of settings that it changes for the transaction
 * @param forSession names of settings that it changes for the session
 * @param resetsAll whether it sets all settings back
 * @param temporaryTables temporary tables that it makes and that a commit drops ({@code true}) or
 *     empties ({@code false})
 */
record PostgresEffects(
    Set<String> forTransaction,
    Set<String> forSession,
    boolean resetsAll,
    Map<String, Boolean> temporaryTables) {

  static final PostgresEffects NONE = new PostgresEffects(Set.of(), Set.of(), false, Map.of());

  private static final String NAME = "(?<name>\"[^\"]+\"|[\\w.$]+)";

  /** SET of a setting; what has words of its own for it comes first. */
  private static final Pattern SET =
      Pattern.compile(
          "\\bSET\\s+(?:(?<scope>SESSION|LOCAL)\\s+)?(?:(?<special>TIME\\s+ZONE|SESSION\\s+AUTHORIZATION|ROLE|NAMES|SCHEMA|XML\\s+OPTION|SESSION\\s+CHARACTERISTICS)\\b|"
              + NAME
              + "\\s*(?:=|\\bTO\\b|\\bFROM\\b))",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RESET =
      Pattern.compile(
          "^RESET\\s+(?:(?<special>TIME\\s+ZONE|SESSION\\s+AUTHORIZATION|ROLE)\\b|" + NAME + ")",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SET_CONFIG =
      Pattern.compile("\\bset_config\\s*\\(", Pattern.CASE_INSENSITIVE);

  private static final Pattern TEMPORARY_TABLE =
      Pattern.compile(
          "\\bCREATE\\s+(?:(?:LOCAL|GLOBAL)\\s+)?TEMP(?:ORARY)?\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?<name>(?:pg_temp\\s*\\.\\s*)?(?:\"[^\"]+\"|[\\w$]+))(?:(?!\\bCREATE\\b).)*?\\bON\\s+COMMIT\\s+(?<action>DROP|DELETE\\s+ROWS)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Map<String, List<String>> SPECIAL =
      Map.of(
          "TIME ZONE",
          List.of("timezone"),
          "SESSION AUTHORIZATION",
          List.of("session_authorization", "role"),
          "ROLE",
          List.of("role"),
          "NAMES",
          List.of("client_encoding"),
          "SCHEMA",
          List.of("search_path"),
          "XML OPTION",
          List.of("xmloption"),
          "SESSION CHARACTERISTICS",
          List.of(
              "default_transaction_isolation",
              "default_transaction_read_only",
              "default_transaction_deferrable"));

  /** Finds what {@code sql} does when it is executed. */
  static PostgresEffects of(Sql sql) {
    Reading reading = new Reading();
    for (SqlStatement statement : sql.statements()) {
      switch (statement.words().getFirst()) {
        case "SET" -> reading.set(SET.matcher(statement.text()));
        case "RESET" -> reading.reset(RESET.matcher(statement.text()));
        case "CREATE" -> reading.tables(statement.text());
        case "DO" -> reading.source(statement.text());
        default -> {}
      }
      reading.calls(statement.text(), sql.parameters());
    }
    return reading.result();
  }

  /** Finds what the source of a function may do when it is called. */
  static PostgresEffects ofFunction(String source) {
    Reading reading = new Reading();
    reading.source(source);
    reading.calls(source, Map.of());
    return reading.result();
  }

  boolean isEmpty() {
    return forTransaction.isEmpty()
        && forSession.isEmpty()
        && !resetsAll
        && temporaryTables.isEmpty();
  }

  /** What of {@link SqlArguments} says that a setting is for the transaction. */
  private static boolean isFalse(String argument) {
    return argument.matches("(?i)false|'f(alse)?'|'0'|'no'|'off'|false::bool(ean)?");
  }

  /** The work of one call. */
  private static final class Reading {

    private final Set<String> forTransaction = new LinkedHashSet<>();
    private final Set<String> forSession = new LinkedHashSet<>();
    private final Map<String, Boolean> tables = new LinkedHashMap<>();
    private boolean resetsAll;

    /** Code that is executed as a whole; "set" alone may be a part of an UPDATE. */
    void source(String source) {
      Matcher set = SET.matcher(source);
      while (set.find()) {
        if (set.group("scope") != null) {
          set(set.group("scope"), set.group("special"), set.group("name"));
        }
      }
      tables(source);
    }

    void set(Matcher set) {
      if (set.lookingAt()) {
        set(set.group("scope"), set.group("special"), set.group("name"));
      }
    }

    void set(@Nullable String scope, @Nullable String special, @Nullable String name) {
      boolean local = scope != null && scope.equalsIgnoreCase("LOCAL");
      (local ? forTransaction : forSession).addAll(names(special, name));
    }

    void reset(Matcher reset) {
      if (reset.lookingAt()) {
        if ("ALL".equalsIgnoreCase(reset.group("name"))) {
          resetsAll = true;
        } else {
          forSession.addAll(names(reset.group("special"), reset.group("name")));
        }
      }
    }

    private static List<String> names(@Nullable String special, @Nullable String name) {
      return special == null
          ? List.of(plain(String.valueOf(name)))
          : SPECIAL.getOrDefault(
              special.toUpperCase(Locale.ROOT).replaceAll("\\s+", " "), List.of());
    }

    /** Names of settings do not depend on case. */
    private static String plain(String name) {
      return name.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    void tables(String text) {
      Matcher table = TEMPORARY_TABLE.matcher(text);
      while (table.find()) {
        String name = table.group("name");
        tables.put(
            name.toLowerCase(Locale.ROOT).startsWith("pg_temp") ? name : "pg_temp." + name,
            table.group("action").equalsIgnoreCase("DROP"));
      }
    }

    void calls(String text, Map<Integer, Object> parameters) {
      Matcher call = SET_CONFIG.matcher(text);
      while (call.find()) {
        List<String> arguments = SqlArguments.of(text, call.end(), parameters);
        if (arguments.size() == 3 && arguments.getFirst().startsWith("'")) {
          String name = plain(arguments.getFirst().replace("'", ""));
          (isFalse(arguments.getLast()) ? forSession : forTransaction).add(name);
        }
      }
    }

    PostgresEffects result() {
      if (forTransaction.isEmpty() && forSession.isEmpty() && !resetsAll && tables.isEmpty()) {
        return NONE;
      }
      Set<String> local = new HashSet<>(forTransaction);
      // These are the transaction's own, which the end of a savepoint sets back.
      local.removeIf(name -> name.startsWith("transaction_"));
      return new PostgresEffects(local, forSession, resetsAll, tables);
    }
  }
}
