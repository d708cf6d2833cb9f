package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * PostgreSQL: all but a few statements are undone with their transaction, and much lasts to its
 * end, which a savepoint does not bring; {@link PostgresSession} does.
 */
final class PostgreSql extends Dialect {

  private static final StatementRules RULES =
      new StatementRules()
          .refuse(Refusal.ENDS, "COMMIT", "END", "ABORT", "ROLLBACK")
          .refuse(Refusal.OUTLIVES, "PREPARE TRANSACTION")
          .refuse(Refusal.BEGINS, "BEGIN", "START TRANSACTION")
          .allow("ROLLBACK TO", "ROLLBACK WORK TO", "ROLLBACK TRANSACTION TO");

  private static final Pattern ISOLATION_PART =
      Pattern.compile(
          ",?\\s*(?:ISOLATION\\s+LEVEL\\s+(?:READ\\s+(?:UN)?COMMITTED|REPEATABLE\\s+READ|SERIALIZABLE)|(?:NOT\\s+)?DEFERRABLE)",
          Pattern.CASE_INSENSITIVE);

  private static final String INITIALLY_DEFERRED =
      """
      select distinct quote_ident(n.nspname) || '.' || quote_ident(c.conname)
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace where c.condeferred
      """;

  /** Functions, then constraints. What is not PostgreSQL's own has numbers from here on. */
  private static final String BEFOREHAND =
      """
      select prosrc, null from pg_proc where oid >= 16384
      and prosrc ~* 'set_config|\\mset\\s+(local|session)|on\\s+commit|pg_(try_)?advisory_'
      union all select null, name from (%s) deferred(name)
      """
          .formatted(INITIALLY_DEFERRED);

  /** What settings are outside of units of work, of those that a unit may have changed. */
  private final Map<String, String> outside = new LinkedHashMap<>();

  private final AdvisoryLocks locks;
  private boolean functionsLock;
  private boolean locksMayBeHeld;
  private PostgresEffects ofFunctions = PostgresEffects.NONE;
  private List<String> initiallyDeferred = List.of();
  private boolean constraintsMayHaveChanged;

  /**
   * @param others gives connections to the same database
   */
  PostgreSql(ConnectionSource others) {
    super("PostgreSQL", SqlLexer.POSTGRESQL, RULES);
    locks = new AdvisoryLocks(others);
  }

  AdvisoryLocks locks() {
    return locks;
  }

  /** Whether units may take advisory locks although their own SQL does not name them. */
  boolean functionsLock() {
    return functionsLock;
  }

  /** A unit may have taken advisory locks, which no rollback gives back. */
  void locksMayBeHeld() {
    locksMayBeHeld = true;
  }

  @Override
  public void cleanUp(Connection physical) throws SQLException {
    if (locksMayBeHeld) {
      AdvisoryLocks.releaseAll(physical);
      locks.close();
    }
  }

  @Override
  public boolean isAborted(SQLException failure) {
    return "25P02".equals(failure.getSQLState());
  }

  @Override
  boolean setsIsolation(SqlStatement statement) {
    return statement.startsWith("SET TRANSACTION") || statement.startsWith("SET LOCAL TRANSACTION");
  }

  /** A savepoint can be read-only, but has no isolation level of its own. */
  @Override
  String withoutIsolation(SqlStatement statement) {
    String rest = ISOLATION_PART.matcher(statement.text()).replaceAll("").strip();
    return rest.matches("(?i)set\\s+(local\\s+)?transaction")
        ? "SET LOCAL standstill.isolation TO 'remembered'"
        : rest.replaceFirst("(?i)(transaction)\\s*,", "$1");
  }

  @Override
  public void begin(Connection physical) throws SQLException {
    super.begin(physical);
    List<String> functions = new ArrayList<>();
    List<String> constraints = new ArrayList<>();
    // A prepared one has a plan already when the same connection is taken from a pool again.
    try (PreparedStatement query = physical.prepareStatement(BEFOREHAND);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        boolean isFunction = rows.getString(1) != null;
        (isFunction ? functions : constraints).add(rows.getString(isFunction ? 1 : 2));
      }
    }
    ofFunctions = ofFunctions(functions);
    functionsLock = functions.stream().anyMatch(source -> source.contains("advisory_"));
    initiallyDeferred = constraints;
    rememberOutside(physical, settingsOfFunctions());
  }

  private static PostgresEffects ofFunctions(List<String> sources) {
    Set<String> settings = new LinkedHashSet<>();
    Map<String, Boolean> tables = new LinkedHashMap<>();
    for (String source : sources) {
      PostgresEffects effects = PostgresEffects.ofFunction(source);
      settings.addAll(effects.forTransaction());
      settings.addAll(effects.forSession());
      tables.putAll(effects.temporaryTables());
    }
    return new PostgresEffects(settings, Set.of(), false, tables);
  }

  private static List<String> texts(Statement executed) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = executed.getResultSet()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Settings that functions may change whose source is known. */
  Set<String> settingsOfFunctions() {
    return ofFunctions.forTransaction();
  }

  Map<String, Boolean> tablesOfFunctions() {
    return ofFunctions.temporaryTables();
  }

  /** A statement may have made or changed constraints. */
  void constraintsMayHaveChanged() {
    constraintsMayHaveChanged = true;
  }

  /** The constraints that begin a transaction deferred, as SQL names them. */
  List<String> initiallyDeferred(Connection physical) throws SQLException {
    if (constraintsMayHaveChanged) {
      try (Statement statement = physical.createStatement()) {
        statement.execute(INITIALLY_DEFERRED);
        initiallyDeferred = texts(statement);
      }
      constraintsMayHaveChanged = false;
    }
    return initiallyDeferred;
  }

  /** To be called before a unit of work changes these settings. */
  void rememberOutside(Connection physical, Collection<String> names) throws SQLException {
    List<String> unknown = names.stream().filter(name -> !outside.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      outside.putAll(current(physical, unknown));
    }
  }

  /** What a setting is outside of units of work. */
  String outside(String name) {
    return outside.getOrDefault(name, "");
  }

  /** What settings are now; those that do not exist are empty, as they are after a SET LOCAL. */
  static Map<String, String> current(Connection physical, Collection<String> names)
      throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    String columns =
        names.stream()
            .map(name -> "current_setting(" + quoted(name) + ", true)")
            .collect(Collectors.joining(", "));
    try (Statement statement = physical.createStatement();
        ResultSet row = statement.executeQuery("select " + columns)) {
      row.next();
      int column = 0;
      for (String name : names) {
        String value = row.getString(++column);
        values.put(name, value == null ? "" : value);
      }
    }
    return values;
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public Session session() {
    return new PostgresSession(this);
  }
}
