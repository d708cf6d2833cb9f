package dev.standstill.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an object of the driver. Each method of its interface is either mapped by {@link
 * #answer} or delegated, so none can be forgotten when an interface grows.
 */
abstract class JdbcProxy implements InvocationHandler {

  private final Object delegate;

  JdbcProxy(Object delegate) {
    this.delegate = delegate;
  }

  /** Makes the object that users see. */
  static <T> T create(Class<T> type, JdbcProxy handler) {
    return type.cast(
        Proxy.newProxyInstance(JdbcProxy.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Answers a call; {@code call} is the same call on the driver's object. */
  abstract @Nullable Object answer(
      Object proxy, Method method, @Nullable Object[] arguments, Invocation call)
      throws SQLException;

  @Override
  public final @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "scoped " + delegate;
      case "unwrap" -> unwrap(proxy, typeIn(arguments));
      case "isWrapperFor" -> isWrapperFor(proxy, typeIn(arguments));
      default ->
          answer(
              proxy,
              method,
              arguments == null ? new Object[0] : arguments,
              new Invocation(delegate, method, arguments));
    };
  }

  private static Class<?> typeIn(@Nullable Object @Nullable [] arguments) throws SQLException {
    if (arguments != null && arguments[0] instanceof Class<?> type) {
      return type;
    }
    throw new SQLException("unwrap and isWrapperFor need an interface, not null.");
  }

  private Object unwrap(Object proxy, Class<?> type) throws SQLException {
    if (type.isInstance(proxy)) {
      return proxy;
    }
    return type.isInstance(delegate) ? delegate : ((Wrapper) delegate).unwrap(type);
  }

  private boolean isWrapperFor(Object proxy, Class<?> type) throws SQLException {
    return type.isInstance(proxy)
        || type.isInstance(delegate)
        || ((Wrapper) delegate).isWrapperFor(type);
  }
}
