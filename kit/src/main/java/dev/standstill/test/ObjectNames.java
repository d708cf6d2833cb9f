package dev.standstill.test;

import dev.standstill.Task;
import dev.standstill.core.Places;
import dev.standstill.core.SocketNames;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What a report calls the objects that tasks wait for. They are numbered in the order in which they
 * are named ({@code ReentrantLock#1}), so that the same run gives the same text in every JVM.
 */
final class ObjectNames {

  private final Map<Object, String> names = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  private final Map<Long, String> tasks = new TreeMap<>();

  ObjectNames(List<BlockedTask> tasks) {
    tasks.forEach(task -> this.tasks.put(task.thread().threadId(), task.name()));
  }

  String of(Object object) {
    String alone = ofOnlyOne(object);
    return alone != null
        ? alone
        : names.computeIfAbsent(
            object,
            key -> {
              String type = typeOf(key);
              return type + "#" + counts.merge(type, 1, Integer::sum);
            });
  }

  /** The name of an object that needs no number; null if it does. */
  @Nullable String ofOnlyOne(Object object) {
    return switch (object) {
      case Thread thread -> tasks.getOrDefault(thread.threadId(), thread.getName());
      case Task<?> task -> "task \"" + task.name() + "\"";
      case Places places -> places.toString();
      default -> SocketNames.of(object);
    };
  }

  /** A lock parks its waiters on an object of a nested class; users know the outer one. */
  static String typeOf(Object object) {
    if (object instanceof Condition) {
      return "Condition";
    }
    Class<?> type = object.getClass();
    while (type.getEnclosingClass() != null && type.getName().startsWith("java.")) {
      type = type.getEnclosingClass();
    }
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }
}
