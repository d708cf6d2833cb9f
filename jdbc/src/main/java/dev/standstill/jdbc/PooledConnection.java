package dev.standstill.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a pool keeps longer than a scope: each call goes to the scope that is open now,
 * or to a physical connection of its own while there is none. Used by one thread at a time, as
 * pools do.
 */
final class PooledConnection implements java.lang.reflect.InvocationHandler {

  private final RollbackDataSource source;
  private final Connection proxy;

  /**
   * The last call of each setter, to be repeated on the next connection that stands behind this.
   */
  private final Map<String, Setter> settings = new LinkedHashMap<>();

  private @Nullable RollbackScope scope;
  private @Nullable Connection current;
  private boolean closed;

  private record Setter(Method method, @Nullable Object @Nullable [] arguments) {}

  PooledConnection(RollbackDataSource source) throws SQLException {
    this.source = source;
    proxy =
        (Connection)
            java.lang.reflect.Proxy.newProxyInstance(
                PooledConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    current();
  }

  Connection proxy() {
    return proxy;
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
    return switch (method.getName()) {
      case "equals" -> arguments != null && self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      case "toString" -> "pooled " + current;
      case "isClosed" -> closed;
      case "close", "abort" -> close();
      default -> delegate(method, arguments);
    };
  }

  private @Nullable Object delegate(Method method, @Nullable Object @Nullable [] arguments)
      throws SQLException {
    if (closed) {
      throw new SQLException("The connection is closed.", "08003");
    }
    Object result = new Invocation(current(), method, arguments).call();
    if (method.getName().startsWith("set") && method.getReturnType() == void.class) {
      settings.put(method.getName(), new Setter(method, arguments));
    }
    return result;
  }

  private Connection current() throws SQLException {
    RollbackScope open = source.scope();
    Connection behind = current;
    if (behind == null || open != scope) {
      if (behind != null) {
        behind.close();
      }
      behind = open == null ? source.physicalConnection() : open.connect(source.options());
      current = behind;
      scope = open;
      for (Setter setter : settings.values()) {
        new Invocation(behind, setter.method(), setter.arguments()).call();
      }
    }
    return behind;
  }

  private @Nullable Object close() throws SQLException {
    closed = true;
    Connection behind = current;
    if (behind != null) {
      behind.close();
    }
    return null;
  }
}
