package dev.standstill.test.spi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The method that a program starts with, chosen as JLS 12.1.4 (Java 25) says: {@code
 * main(String[])} before {@code main()}, static or not, inherited or not, but not private.
 * Immutable; any thread may call.
 */
public final class MainMethod {

  private final Class<?> type;
  private final Method method;
  private final @Nullable Constructor<?> constructor;

  private MainMethod(Class<?> type, Method method, @Nullable Constructor<?> constructor) {
    this.type = type;
    this.method = method;
    this.constructor = constructor;
  }

  /**
   * Finds the main method of {@code type} without initializing it.
   *
   * @throws IllegalArgumentException if it has none, or one that needs an instance which cannot be
   *     made
   */
  public static MainMethod of(Class<?> type) {
    try {
      Method method =
          methods(type)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "%s has no main method: a program starts with void main(), static or not, with or without String[] args."
                          .formatted(type)));
      method.setAccessible(true);
      boolean isStatic = Modifier.isStatic(method.getModifiers());
      return new MainMethod(type, method, isStatic ? null : constructorOf(type));
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "The main method of %s cannot be linked: %s.".formatted(type, e));
    }
  }

  /** Whether a class has a main method, as far as one can tell. */
  public static boolean isIn(Class<?> type) {
    try {
      return methods(type).findFirst().isPresent();
    } catch (LinkageError e) {
      return true;
    }
  }

  private static Stream<Method> methods(Class<?> type) {
    return Stream.concat(candidates(type, String[].class), candidates(type));
  }

  private static Stream<Method> candidates(Class<?> type, Class<?>... parameters) {
    Stream<Class<?>> types = Stream.iterate(type, Objects::nonNull, Class::getSuperclass);
    return Stream.concat(
            types.flatMap(each -> Arrays.stream(each.getDeclaredMethods())),
            Arrays.stream(type.getMethods()))
        .filter(method -> method.getName().equals("main"))
        .filter(method -> Arrays.equals(method.getParameterTypes(), parameters))
        .filter(method -> method.getReturnType() == void.class)
        .filter(method -> !Modifier.isPrivate(method.getModifiers()));
  }

  private static Constructor<?> constructorOf(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      if (!Modifier.isPrivate(constructor.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())) {
        constructor.setAccessible(true);
        return constructor;
      }
    } catch (NoSuchMethodException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s has a main method that is not static, and no constructor without parameters that could make an instance."
            .formatted(type));
  }

  /** The class that the program starts with. */
  public Class<?> type() {
    return type;
  }

  /** The package of the class that the program starts with. */
  public String packageName() {
    return type.getPackageName();
  }

  /**
   * Runs the program on the calling thread, which from then on finds the program's classes.
   *
   * @throws Throwable what main threw
   */
  public void invoke(String... args) throws Throwable {
    Thread.currentThread().setContextClassLoader(type.getClassLoader());
    try {
      Object instance = constructor == null ? null : constructor.newInstance();
      method.invoke(
          instance, method.getParameterCount() == 0 ? new Object[0] : new Object[] {args});
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
