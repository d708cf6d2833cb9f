package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ends with a unit of work what PostgreSQL would let last to the end of the transaction, and keeps
 * for one logical connection what would be the session's.
 */
final class PostgresSession extends Session {

  private static final String LOCK_TIMEOUT = "lock_timeout";
  private static final String LIMIT_OF_WAITS = "10s";

  private final PostgreSql database;

  /** What this connection has set for itself. */
  private final Map<String, String> settings = new LinkedHashMap<>();

  /** Temporary tables of this connection that each commit empties. */
  private final Set<String> emptied = new LinkedHashSet<>();

  /** The advisory locks that it holds while no unit of it is open. */
  private volatile Map<AdvisoryLocks.Lock, Integer> locksAside = Map.of();

  // Of the unit of work.
  private boolean mayLock;
  private final Set<String> changed = new LinkedHashSet<>();
  private final Map<String, String> pending = new LinkedHashMap<>();
  private final Map<String, Boolean> tables = new LinkedHashMap<>();
  private final Map<String, String> ofUnitAround = new LinkedHashMap<>();
  private boolean nested;
  private boolean waitsAreLimited;

  PostgresSession(PostgreSql database) {
    this.database = database;
  }

  @Override
  public void begin(Connection physical, boolean readOnly, @Nullable Session around)
      throws SQLException {
    List<String> begin = new ArrayList<>();
    nested = around != null;
    mayLock = database.functionsLock() || !locksAside.isEmpty();
    if (!locksAside.isEmpty()) {
      database.locks().takeBack(locksAside, physical);
      locksAside = Map.of();
    }
    if (around instanceof PostgresSession outer && !outer.changed.isEmpty()) {
      ofUnitAround.putAll(PostgreSql.current(physical, outer.changed));
      changed.addAll(outer.changed);
      begin.add(set(outer.changed, outside(outer.changed)));
    }
    if (!settings.isEmpty()) {
      changed.addAll(settings.keySet());
      begin.add(set(settings.keySet(), settings));
    }
    if (readOnly) {
      begin.add("SET TRANSACTION READ ONLY");
    }
    execute(physical, begin);
  }

  @Override
  public boolean needsParameters(Sql sql) {
    return mayMatter(sql);
  }

  /** A quick look, for most of what is executed has no effect of this kind. */
  private static boolean mayMatter(Sql sql) {
    return sql.statements().stream()
        .anyMatch(statement ->
            switch (statement.words().getFirst()) {
              case "SET", "RESET", "CREATE", "ALTER", "DROP", "DO" -> true;
              default -> statement.text().toLowerCase(Locale.ROOT).contains("set_config");
            });
  }

  @Override
  public void before(Connection physical, Sql sql) throws SQLException {
    if (mentions(sql, "advisory_")) {
      mayLock = true;
      limitWaits(physical, sql);
    }
    if (mayMatter(sql)) {
      PostgresEffects effects = PostgresEffects.of(sql);
      database.rememberOutside(physical, effects.forTransaction());
      database.rememberOutside(physical, effects.forSession());
    }
  }

  @Override
  public void after(Connection physical, Sql sql) throws SQLException {
    if (waitsAreLimited) {
      waitsAreLimited = false;
      execute(physical, List.of(set(Set.of(LOCK_TIMEOUT), Map.of(LOCK_TIMEOUT, "0"))));
    }
    if (!mayMatter(sql)) {
      return;
    }
    database.constraintsMayHaveChanged();
    PostgresEffects effects = PostgresEffects.of(sql);
    changed.addAll(effects.forTransaction());
    changed.addAll(effects.forSession());
    tables.putAll(effects.temporaryTables());
    Set<String> ofSession = new LinkedHashSet<>(effects.forSession());
    if (effects.resetsAll()) {
      ofSession.addAll(settings.keySet());
      ofSession.addAll(pending.keySet());
    }
    if (!ofSession.isEmpty()) {
      pending.putAll(PostgreSql.current(physical, ofSession));
    }
  }

  /** Deferred constraints are checked first, as by a commit: under the settings of the unit. */
  @Override
  public void keep(Connection physical, Savepoint savepoint) throws SQLException {
    List<String> end = new ArrayList<>();
    if (!nested) {
      endOfConstraints(physical, end);
    }
    Set<String> setBack = new LinkedHashSet<>(changed);
    setBack.addAll(database.settingsOfFunctions());
    if (!setBack.isEmpty()) {
      Map<String, String> before = outside(setBack);
      before.putAll(ofUnitAround);
      end.add(set(setBack, before));
    }
    endOfTables(end);
    end.add("RELEASE SAVEPOINT " + savepoint.getSavepointName());
    execute(physical, end);
    putLocksAside(physical);
    settings.putAll(pending);
    tables.forEach((table, dropped) -> {
      if (!dropped) {
        emptied.add(table);
      }
    });
    forget();
  }

  /**
   * What is deferred in the unit around this one cannot be told from what is deferred in this one,
   * so both are checked at the end of the outermost.
   */
  private void endOfConstraints(Connection physical, List<String> end) throws SQLException {
    end.add("SET CONSTRAINTS ALL IMMEDIATE");
    List<String> deferred = database.initiallyDeferred(physical);
    if (!deferred.isEmpty()) {
      end.add("SET CONSTRAINTS " + String.join(", ", deferred) + " DEFERRED");
    }
  }

  private Map<String, String> outside(Set<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, database.outside(name)));
    return values;
  }

  private void endOfTables(List<String> end) {
    Map<String, Boolean> all = new LinkedHashMap<>(database.tablesOfFunctions());
    emptied.forEach(table -> all.put(table, false));
    all.putAll(tables);
    all.forEach(
        (table, dropped) -> end.add(ifThere(table, dropped ? "DROP TABLE" : "DELETE FROM")));
  }

  /** A read-only unit has made none, and must not try to drop one. */
  private static String ifThere(String table, String action) {
    return "DO $standstill$ BEGIN IF to_regclass(%s) IS NOT NULL THEN %s %s; END IF; END $standstill$"
        .formatted(PostgreSql.quoted(table), action, table);
  }

  @Override
  public void undonePartly(Connection physical) throws SQLException {
    if (!pending.isEmpty()) {
      pending.putAll(PostgreSql.current(physical, List.copyOf(pending.keySet())));
    }
  }

  @Override
  public void undone(Connection physical) throws SQLException {
    putLocksAside(physical);
    forget();
  }

  @Override
  public void close() throws SQLException {
    database.locks().giveUp(locksAside);
    locksAside = Map.of();
  }

  /** No rollback gives the locks of a session back. */
  private void putLocksAside(Connection physical) throws SQLException {
    if (mayLock) {
      database.locksMayBeHeld();
      locksAside = database.locks().putAside(physical);
      mayLock = false;
    }
  }

  /** Who has the lock cannot give it back while this unit has the connection. */
  private void limitWaits(Connection physical, Sql sql) throws SQLException {
    if (mentions(sql, "pg_advisory_") && database.locks().isAnyKept()) {
      Set<String> name = Set.of(LOCK_TIMEOUT);
      if (PostgreSql.current(physical, name).containsValue("0")) {
        waitsAreLimited = true;
        execute(physical, List.of(set(name, Map.of(LOCK_TIMEOUT, LIMIT_OF_WAITS))));
      }
    }
  }

  private static boolean mentions(Sql sql, String text) {
    return sql.statements().stream()
        .anyMatch(statement -> statement.text().toLowerCase(Locale.ROOT).contains(text));
  }

  private void forget() {
    waitsAreLimited = false;
    changed.clear();
    pending.clear();
    tables.clear();
    ofUnitAround.clear();
  }

  private static String set(Collection<String> names, Map<String, String> values) {
    return names.stream()
        .map(name ->
            "set_config(%s, %s, true)"
                .formatted(
                    PostgreSql.quoted(name), PostgreSql.quoted(values.getOrDefault(name, ""))))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  private static void execute(Connection physical, List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = physical.createStatement()) {
        statement.execute(String.join(";", statements));
      }
    }
  }
}
