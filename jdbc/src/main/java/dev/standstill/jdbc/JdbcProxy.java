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

  /**
   * Makes the object that users see. It has all interfaces that the driver's has: some drivers, and
   * those who use them, take it for granted that a large object of characters is one of bytes, too.
   */
  static <T> T create(Class<T> type, JdbcProxy handler) {
    Class<?> driver = handler.delegate.getClass();
    return type.cast(
        Proxy.newProxyInstance(
            DriverInterfaces.loaderFor(driver), DriverInterfaces.of(driver, type), handler));
  }

  /** Whether a method is one of the driver's own interfaces, not of JDBC's. */
  static boolean isOfDriver(Method method) {
    return !method.getDeclaringClass().getPackageName().equals("java.sql");
  }

  /** The driver's own object, which is not behind this one any more, is given away. */
  void unwrapped() throws SQLException {}

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
    Object driver = type.isInstance(delegate) ? delegate : ((Wrapper) delegate).unwrap(type);
    unwrapped();
    return driver;
  }

  private boolean isWrapperFor(Object proxy, Class<?> type) throws SQLException {
    return type.isInstance(proxy)
        || type.isInstance(delegate)
        || ((Wrapper) delegate).isWrapperFor(type);
  }
}
