package dev.standstill.junit4;

import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.Stage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The loop that the tests of a class share, while they run. Any thread may call. */
final class LoopOfClass {

  private static final Set<Class<?>> RUNNING = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Stage stage;

  /** Whether the tests of a class, which run now, share a loop. */
  static boolean isShared(Class<?> testClass) {
    return RUNNING.contains(testClass);
  }

  /** The loop; null while there is none. */
  @Nullable Stage stage() {
    return stage;
  }

  /** Opens the loop, runs the tests of a class, which make use of it, and closes it. */
  void during(Class<?> testClass, LoopStatement.Body tests) throws Throwable {
    Stage opened = LoopSettings.ofClass(testClass).open(testClass.getSimpleName(), null);
    stage = opened;
    RUNNING.add(testClass);
    Throwable failure = null;
    try {
      tests.run();
    } catch (Throwable e) {
      failure = LoopStatement.single(e);
    }
    RUNNING.remove(testClass);
    stage = null;
    try {
      LoopedTest.closed(opened, failure);
    } finally {
      opened.tell(testClass);
    }
  }
}
