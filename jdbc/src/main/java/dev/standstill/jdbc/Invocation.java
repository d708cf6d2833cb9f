package dev.standstill.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a method of {@code java.sql} on the driver's own object. */
record Invocation(Object target, Method method, @Nullable Object @Nullable [] arguments)
    implements SqlCall<@Nullable Object> {

  /** The same call with another first argument. */
  Invocation withFirst(Object argument) {
    @Nullable Object[] changed = Objects.requireNonNull(arguments).clone();
    changed[0] = argument;
    return new Invocation(target, method, changed);
  }

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
