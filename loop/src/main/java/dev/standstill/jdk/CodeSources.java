package dev.standstill.jdk;

import java.net.URL;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells which classes come from jars, as libraries do. What stands in no jar, such as a directory
 * of class files, or was compiled in memory, is the program's. Any thread may call.
 *
 * <p>A frame of a stack has the name of its class only, so the agent is asked which classes are
 * loaded; without it nothing is known to come from a jar.
 */
public final class CodeSources {

  /** By the names of classes. Replaced, never changed, so that nobody has to wait for a lock. */
  private static volatile Map<String, Boolean> fromJars = Map.of();

  private CodeSources() {}

  /** Whether the class of that name comes from a jar, and no other of the name does not. */
  public static boolean isFromJar(String className) {
    Boolean known = fromJars.get(className);
    if (known == null) {
      fromJars = look(className);
      known = fromJars.get(className);
    }
    return Boolean.TRUE.equals(known);
  }

  /** All classes that are loaded now, and {@code asked}, whether it is loaded or not. */
  private static Map<String, Boolean> look(String asked) {
    Map<String, Boolean> found = new HashMap<>(fromJars);
    for (Class<?> type : Hooks.loadedClassesIfKnown()) {
      if (type.getClassLoader() != null && !type.isArray() && !type.isHidden()) {
        found.merge(type.getName(), isFromJar(type), Boolean::logicalAnd);
      }
    }
    found.putIfAbsent(asked, false);
    return Map.copyOf(found);
  }

  private static boolean isFromJar(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source != null && isJar(source.getLocation());
  }

  /** A jar in a jar, as of Spring Boot, ends with {@code !/}; so do the classes next to it. */
  private static boolean isJar(@Nullable URL location) {
    String path = location == null ? "" : location.getPath();
    return path.endsWith(".jar") || path.endsWith(".jar!/");
  }
}
