package dev.standstill.jdbc;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which interfaces the classes of a driver have that others can see. Any thread may use it. */
final class DriverInterfaces extends ClassValue<Class<?>[]> {

  private static final DriverInterfaces ALL = new DriverInterfaces();

  private DriverInterfaces() {}

  /** {@code first}, and all other public interfaces of {@code type}, which is a class. */
  static Class<?>[] of(Class<?> type, Class<?> first) {
    return Stream.concat(Stream.of(first), Stream.of(ALL.get(type)))
        .distinct()
        .toArray(Class<?>[]::new);
  }

  /** Where a class can be defined that has them. */
  static ClassLoader loaderFor(Class<?> type) {
    @Nullable ClassLoader loader = type.getClassLoader();
    return loader == null ? DriverInterfaces.class.getClassLoader() : loader;
  }

  @Override
  protected Class<?>[] computeValue(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> candidate : each.getInterfaces()) {
        if (isVisible(candidate, loaderFor(type))) {
          found.add(candidate);
        }
      }
    }
    return found.toArray(Class<?>[]::new);
  }

  private static boolean isVisible(Class<?> candidate, ClassLoader loader) {
    try {
      return Modifier.isPublic(candidate.getModifiers())
          && !candidate.isSealed()
          && candidate.getModule().isExported(candidate.getPackageName())
          && Class.forName(candidate.getName(), false, loader) == candidate;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
