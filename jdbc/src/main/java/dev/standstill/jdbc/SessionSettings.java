package dev.standstill.jdbc;

import dev.standstill.jdbc.dialect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one logical connection has set for itself by methods of {@code Connection}. Schema, catalog
 * and network time-out hold on the physical connection while one of its units of work has the turn;
 * read-only mode holds in units where the database can do that; the rest is only remembered,
 * because a transaction cannot change it once it has begun. Any thread may use it.
 */
final class SessionSettings {

  private static final Set<String> GETTERS =
      Set.of(
          "isReadOnly",
          "getTransactionIsolation",
          "getHoldability",
          "getCatalog",
          "getSchema",
          "getNetworkTimeout");

  /** What the physical connection had before. */
  record Previous(@Nullable String catalog, @Nullable String schema, int networkTimeout) {}

  private volatile @Nullable String catalog;
  private volatile @Nullable String schema;
  private volatile @Nullable Integer networkTimeoutMillis;
  private volatile @Nullable Boolean readOnly;
  private volatile @Nullable Integer isolation;
  private volatile @Nullable Integer isolationOfUnit;
  private volatile @Nullable Integer holdability;

  /** Whether {@code method} has set something. */
  boolean set(String method, @Nullable Object[] arguments) {
    switch (method) {
      case "setReadOnly" -> readOnly = (Boolean) arguments[0];
      case "setTransactionIsolation" -> isolation = (Integer) arguments[0];
      case "setHoldability" -> holdability = (Integer) arguments[0];
      case "setCatalog" -> catalog = (String) arguments[0];
      case "setSchema" -> schema = (String) arguments[0];
      case "setNetworkTimeout" -> networkTimeoutMillis = (Integer) arguments[1];
      default -> {
        return false;
      }
    }
    return true;
  }

  static boolean isGetter(String method) {
    return GETTERS.contains(method);
  }

  /** What a getter answers; null if nothing was set. */
  @Nullable Object get(String method) {
    return switch (method) {
      case "isReadOnly" -> readOnly;
      case "getTransactionIsolation" -> isolationOfUnit == null ? isolation : isolationOfUnit;
      case "getHoldability" -> holdability;
      case "getCatalog" -> catalog;
      case "getSchema" -> schema;
      default -> networkTimeoutMillis;
    };
  }

  boolean hasCatalog() {
    return catalog != null;
  }

  boolean isReadOnly() {
    return Boolean.TRUE.equals(readOnly);
  }

  /** {@code sql} has been executed in a unit of work, and may have said how it is isolated. */
  void isolated(Sql sql) {
    Integer level = sql.isolation();
    if (level != null) {
      isolationOfUnit = level;
    }
  }

  /** What was said for the unit of work is over. */
  void unitEnds() {
    isolationOfUnit = null;
  }

  /** Sets what is to be set; null if that is nothing. */
  @Nullable Previous apply(Connection physical) throws SQLException {
    if (catalog == null && schema == null && networkTimeoutMillis == null) {
      return null;
    }
    Previous previous =
        new Previous(
            physical.getCatalog(),
            schema == null ? null : physical.getSchema(),
            physical.getNetworkTimeout());
    set(physical, new Previous(catalog, schema, orElse(previous.networkTimeout())));
    return previous;
  }

  static void set(Connection physical, @Nullable Previous settings) throws SQLException {
    if (settings == null) {
      return;
    }
    if (settings.catalog() != null) {
      physical.setCatalog(settings.catalog());
    }
    if (settings.schema() != null) {
      physical.setSchema(settings.schema());
    }
    physical.setNetworkTimeout(Runnable::run, settings.networkTimeout());
  }

  private int orElse(int inherited) {
    Integer own = networkTimeoutMillis;
    return own == null ? inherited : own;
  }
}
