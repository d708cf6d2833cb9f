package dev.standstill.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One call of a method of {@code java.sql} on the driver's own object. */
record Invocation(Object target, Method method, @Nullable Object @Nullable [] arguments)
    implements SqlCall<@Nullable Object> {

  @Override
  public @Nullable Object call() throws SQLException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(method + " cannot be called", e);
    }
  }

  private SQLException unwrapped(InvocationTargetException e) {
    return switch (e.getCause()) {
      case SQLException failure -> failure;
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case null, default -> new SQLException(method.getName() + "() failed", e);
    };
  }
}
