package dev.standstill.network;

import dev.standstill.test.spi.IsolatedLoader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class with a main method, which is found as {@code java} finds it: JLS 25, 12.1.4.
 *
 * @param arguments what the main method gets
 */
record MainProgram(ClassLoader source, String className, List<String> arguments)
    implements LoadedProgram {

  @Override
  public HostProgram in(IsolatedLoader loader) {
    try {
      Class<?> type = loader.loadClass(className);
      Method main = mainOf(type);
      main.setAccessible(true);
      return () -> call(main, type);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "There is no class %s where the program of a host is looked for.".formatted(className),
          e);
    }
  }

  private static Method mainOf(Class<?> type) {
    Method main = find(type, String[].class);
    main = main == null ? find(type) : main;
    if (main == null) {
      throw new IllegalArgumentException(
          "%s cannot be the program of a host: it has no main method.".formatted(type.getName()));
    }
    return main;
  }

  private static @Nullable Method find(Class<?> type, Class<?>... parameters) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      try {
        Method found = at.getDeclaredMethod("main", parameters);
        if (!Modifier.isPrivate(found.getModifiers())) {
          return found;
        }
      } catch (NoSuchMethodException e) {
        // Then a superclass may have it.
      }
    }
    return null;
  }

  private void call(Method main, Class<?> type) throws Exception {
    Object[] given =
        main.getParameterCount() == 0
            ? new Object[0]
            : new Object[] {arguments.toArray(String[]::new)};
    try {
      main.invoke(Modifier.isStatic(main.getModifiers()) ? null : make(type), given);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : asError(e);
    }
  }

  private static Object make(Class<?> type) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Exception asError(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e;
  }
}
