package dev.standstill.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The advisory locks of PostgreSQL that logical connections hold between their units of work. To
 * the server all are one session, which would get each lock again; so meanwhile a second session,
 * the keeper, has them. Any thread may use it.
 */
final class AdvisoryLocks {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final String HELD =
      """
      select classid::bigint, objid::bigint, objsubid, mode = 'ShareLock' from pg_locks
      where locktype = 'advisory' and granted and pid = pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      """;

  /**
   * A lock as SQL names it.
   *
   * @param arguments one number, or two
   * @param suffix of the functions that take and give it
   */
  record Lock(String arguments, String suffix) {

    static Lock of(ResultSet row) throws SQLException {
      long first = row.getLong(1);
      long second = row.getLong(2);
      boolean isOneNumber = row.getInt(3) == 1;
      return new Lock(
          isOneNumber
              ? "(" + (first << Integer.SIZE | second) + ")::bigint"
              : "(%d)::int, (%d)::int".formatted((int) first, (int) second),
          row.getBoolean(4) ? "_shared" : "");
    }

    String call(String function) {
      return "select pg_%s%s(%s)".formatted(function, suffix, arguments);
    }
  }

  private final ConnectionSource source;

  // Guarded by this.
  private @Nullable Connection keeper;
  private final Map<Lock, Integer> kept = new LinkedHashMap<>();

  AdvisoryLocks(ConnectionSource source) {
    this.source = source;
  }

  /** Whether a logical connection holds any that others cannot have. */
  synchronized boolean isAnyKept() {
    return !kept.isEmpty();
  }

  /** Lets the keeper have the locks that {@code physical} has; how often it has each. */
  synchronized Map<Lock, Integer> putAside(Connection physical) throws SQLException {
    Map<Lock, Integer> aside = new LinkedHashMap<>();
    for (Lock lock : heldBy(physical)) {
      int times = 0;
      while (ask(physical, lock.call("advisory_unlock"))) {
        times++;
      }
      if (times > 0 && keep(lock, times, physical)) {
        aside.put(lock, times);
      }
    }
    return aside;
  }

  private static List<Lock> heldBy(Connection physical) throws SQLException {
    List<Lock> held = new ArrayList<>();
    try (Statement statement = physical.createStatement();
        ResultSet rows = statement.executeQuery(HELD)) {
      while (rows.next()) {
        held.add(Lock.of(rows));
      }
    }
    return held;
  }

  /** If the keeper cannot have it, {@code physical} has it as before, and others get it, too. */
  private boolean keep(Lock lock, int times, Connection physical) throws SQLException {
    boolean had = false;
    try {
      had = take(lock, times, keeper());
    } catch (SQLException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Other connections of the scope can take an advisory lock that one of them has: its data source gives no second connection, which would keep it.",
          e);
    }
    if (had) {
      kept.merge(lock, times, Integer::sum);
    } else {
      take(lock, times, physical);
    }
    return had;
  }

  private static boolean take(Lock lock, int times, Connection connection) throws SQLException {
    for (int i = 0; i < times; i++) {
      if (!ask(connection, lock.call("try_advisory_lock"))) {
        return false;
      }
    }
    return true;
  }

  private Connection keeper() throws SQLException {
    Connection open = keeper;
    if (open == null) {
      open = source.open();
      open.setAutoCommit(true);
      keeper = open;
    }
    return open;
  }

  /** Lets {@code physical} have again what {@link #putAside} took. */
  synchronized void takeBack(Map<Lock, Integer> aside, Connection physical) throws SQLException {
    giveUp(aside);
    for (Map.Entry<Lock, Integer> lock : aside.entrySet()) {
      take(lock.getKey(), lock.getValue(), physical);
    }
  }

  /** Gives up what {@link #putAside} took. */
  synchronized void giveUp(Map<Lock, Integer> aside) throws SQLException {
    for (Map.Entry<Lock, Integer> lock : aside.entrySet()) {
      for (int i = 0; i < lock.getValue(); i++) {
        ask(keeper(), lock.getKey().call("advisory_unlock"));
      }
      kept.computeIfPresent(
          lock.getKey(), (_, all) -> all > lock.getValue() ? all - lock.getValue() : null);
    }
  }

  /** Gives up all, and the keeper. */
  synchronized void close() throws SQLException {
    Connection open = keeper;
    keeper = null;
    kept.clear();
    if (open != null) {
      try (open) {
        releaseAll(open);
      }
    }
  }

  static void releaseAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_unlock_all()");
    }
  }

  private static boolean ask(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }
}
