package dev.standstill.jdbc.dialect;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What H2 answers to CURRENT_TIMESTAMP: it reads the clock of the calling thread, in virtual time
 * where that is a task's, but once in a transaction, and a scope is one. Used by who has the turn.
 */
final class H2Clock {

  private final Object session;
  private final Field timeOfTransaction;

  private H2Clock(Object session, Field timeOfTransaction) {
    this.session = session;
    this.timeOfTransaction = timeOfTransaction;
  }

  /**
   * Finds the clock of a connection; null if H2 runs in another process, or is of a release in
   * which that is kept elsewhere: 2.0 to 2.5 are known.
   */
  static @Nullable H2Clock of(Connection physical) throws SQLException {
    try {
      Class<?> type = driversConnection(physical);
      Object connection = physical.unwrap(type);
      Object session = type.getMethod("getSession").invoke(connection);
      Field field = session.getClass().getDeclaredField("currentTimestamp");
      field.setAccessible(true);
      return new H2Clock(session, field);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** A pool may stand in between, whose classes need not see those of H2. */
  private static Class<?> driversConnection(Connection physical)
      throws ReflectiveOperationException {
    String name = "org.h2.jdbc.JdbcConnection";
    try {
      return Class.forName(name, false, physical.getClass().getClassLoader());
    } catch (ClassNotFoundException e) {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    }
  }

  /** The next statement that asks for the time reads the clock. */
  void letGoOn() {
    try {
      timeOfTransaction.set(session, null);
    } catch (IllegalAccessException e) {
      throw new LinkageError(timeOfTransaction + " cannot be set", e);
    }
  }
}
