package dev.standstill.notebook;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tests that the user has told the notebook to forget. Whoever changes a class makes a new one,
 * whose tests are not forgotten. Any thread may call.
 */
final class ForgottenTests {

  private static final Set<Class<?>> CLASSES = ConcurrentHashMap.newKeySet();
  private static final Set<Method> METHODS = ConcurrentHashMap.newKeySet();

  private ForgottenTests() {}

  static boolean contains(Class<?> type) {
    return CLASSES.contains(type);
  }

  static boolean contains(Method method) {
    return METHODS.contains(method);
  }

  /**
   * Forgets what a pattern matches of the tests that cells have defined: classes, or else single
   * methods.
   *
   * @return their names
   */
  static List<String> forget(CellTests tests, NameFilter filter) {
    List<String> forgotten = new ArrayList<>();
    for (Class<?> type : tests.classes()) {
      if (filter.matches(type)) {
        CLASSES.add(type);
        forgotten.add(CellClasses.nameOf(type));
      } else {
        CellClasses.testMethodsOf(type).forEach(method -> forget(method, type, filter, forgotten));
      }
    }
    for (Method method : tests.topLevel()) {
      if (CellClasses.isTest(method)) {
        forget(method, method.getDeclaringClass(), filter, forgotten);
      }
    }
    return forgotten;
  }

  /** Undoes that for what a pattern matches. */
  static void remember(NameFilter filter) {
    CLASSES.removeIf(filter::matches);
    METHODS.removeIf(method -> filter.matches(method.getDeclaringClass(), method.getName()));
  }

  private static void forget(
      Method method, Class<?> type, NameFilter filter, List<String> forgotten) {
    if (filter.matches(type, method.getName())) {
      METHODS.add(method);
      forgotten.add(CellClasses.nameOf(type) + "." + method.getName());
    }
  }
}
