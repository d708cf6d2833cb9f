package dev.standstill.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one logical connection has set for itself. Schema, catalog and network time-out hold on the
 * physical connection while one of its units of work has the turn; the rest is only remembered,
 * because a transaction cannot change it once it has begun. Any thread may use it.
 */
final class SessionSettings {

  /** What the physical connection had before. */
  record Previous(@Nullable String catalog, @Nullable String schema, int networkTimeout) {}

  volatile @Nullable String catalog;
  volatile @Nullable String schema;
  volatile @Nullable Integer networkTimeoutMillis;
  volatile @Nullable Boolean readOnly;
  volatile @Nullable Integer isolation;
  volatile @Nullable Integer holdability;

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
