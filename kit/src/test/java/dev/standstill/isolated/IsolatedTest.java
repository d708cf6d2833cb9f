package dev.standstill.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Isolated code finds the statics of a program as they are at its start, each time it runs. */
class IsolatedTest {

  private static int runs;

  private static final class Counting implements Callable<Integer> {
    @Override
    public Integer call() {
      return ++runs;
    }
  }

  private static <V> V runOnLoop(Callable<V> code) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      return loop.run(code);
    }
  }

  @Test
  void aStaticCounterStartsAfreshEachTime() throws Exception {
    runs = 41;
    Callable<Integer> counting = TestLoop.isolated(Counting.class);

    assertThat(runOnLoop(counting)).isEqualTo(1);
    assertThat(runOnLoop(counting)).isEqualTo(1);
    assertThat(counting.call()).isEqualTo(1);
    assertThat(new Counting().call()).isEqualTo(42);
  }

  private static final ExecutorService POOL = Executors.newFixedThreadPool(1);

  /** Starts the thread of a static pool: where the pool is not fresh, it lives elsewhere. */
  private static final class AskingPool implements Callable<Boolean> {
    @Override
    public Boolean call() throws Exception {
      return POOL.submit(() -> TestLoop.currentIfPresent().isPresent()).get();
    }
  }

  @Test
  void aStaticPoolIsFreshEvenWhereTheProgramsOwnRunsAlready() throws Exception {
    try (POOL) {
      assertThat(new AskingPool().call()).isFalse();
      for (int run = 0; run < 3; run++) {
        assertThat(runOnLoop(TestLoop.isolated(AskingPool.class))).isTrue();
      }
    }
  }

  private enum Cache {
    INSTANCE;

    final List<String> entries = new ArrayList<>();
  }

  private static final class Caching implements Callable<List<String>> {
    @Override
    public List<String> call() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      Cache.INSTANCE.entries.add("entry");
      return Cache.INSTANCE.entries;
    }
  }

  @Test
  void aSingletonIsFreshAndItsPartsThatAreTheJdksComeBack() throws Exception {
    assertThat(runOnLoop(TestLoop.isolated(Caching.class))).containsExactly("entry");
    assertThat(runOnLoop(TestLoop.isolated(Caching.class))).containsExactly("entry");
    assertThat(Cache.INSTANCE.entries).isEmpty();
  }

  private static final class Loaders implements Callable<Boolean> {
    @Override
    public Boolean call() {
      ClassLoader own = Loaders.class.getClassLoader();
      return Thread.currentThread().getContextClassLoader() == own
          && IsolatedTest.class.getClassLoader() == own
          && TestLoop.class.getClassLoader() != own
          && Loaders.class.getProtectionDomain().getCodeSource().getLocation() != null
          && own.getResource("dev/standstill/isolated/IsolatedTest.class") != null;
    }
  }

  @Test
  void theContextClassLoaderIsThatOfTheCodeWhileItRuns() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    assertThat(TestLoop.isolated(Loaders.class).call()).isTrue();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  private static final class Failing implements Callable<Void> {
    @Override
    public Void call() throws Exception {
      throw new IOException("on purpose");
    }
  }

  private static final class Asserting implements Callable<Void> {
    @Override
    public Void call() {
      Assertions.assertEquals(1, 2);
      return null;
    }
  }

  @Test
  void whatTheCodeThrowsComesBack() {
    assertThatThrownBy(TestLoop.isolated(Failing.class)::call).isInstanceOf(IOException.class);
    assertThatThrownBy(TestLoop.isolated(Asserting.class)::call)
        .isInstanceOf(AssertionFailedError.class);
  }

  private static final class Returning implements Callable<Object> {
    @Override
    public Object call() {
      return this;
    }
  }

  @Test
  void aResultThatTheCallerCouldNotUseIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(TestLoop.isolated(Returning.class)::call)
        .withMessage(
            "dev.standstill.isolated.IsolatedTest$Returning, run isolated, returned a"
                + " dev.standstill.isolated.IsolatedTest$Returning, a class that it has a copy of its own of: return what the JDK has, such as a String or a List of numbers.");
  }

  private record Parameterised(int parameter) implements Callable<Integer> {
    @Override
    public Integer call() {
      return parameter;
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void codeThatCannotBeMadeOrLoadedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(TestLoop.isolated(Parameterised.class)::call)
        .withMessageStartingWith(
            "isolated() cannot make a dev.standstill.isolated.IsolatedTest$Parameterised: it has to be");
    Callable<Integer> lambda = () -> 1;
    var type = (Class<? extends Callable<Integer>>) lambda.getClass();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.isolated(type))
        .withMessageContaining("there is no class file of it, as with a lambda");
  }

  private static final class Leaving implements Callable<Boolean> {
    private static final ThreadLocal<Object> LOCAL = ThreadLocal.withInitial(Leaving::new);

    @Override
    public Boolean call() throws Exception {
      LOCAL.get();
      Thread.startVirtualThread(() -> {}).join();
      return POOL.submit(() -> Cache.INSTANCE.entries.isEmpty()).get();
    }
  }

  private static final class LoaderOf implements Callable<ClassLoader> {
    @Override
    public ClassLoader call() throws Exception {
      new Leaving().call();
      return Thread.currentThread().getContextClassLoader();
    }
  }

  @Test
  void aThousandRunsLeaveNoClassLoaderBehind() throws Exception {
    ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    Set<WeakReference<ClassLoader>> left = new HashSet<>();
    for (int run = 0; run < 1_000; run++) {
      left.add(new WeakReference<>(runOnLoop(TestLoop.isolated(LoaderOf.class)), queue));
    }
    // What the JVM remembers of the last run is then of this one.
    runOnLoop(TestLoop.isolated(Counting.class));
    while (!left.isEmpty()) {
      System.gc();
      assertThat(left.remove(queue.remove(10_000))).as("%d are left", left.size()).isTrue();
      for (Object next = queue.poll(); next != null; next = queue.poll()) {
        left.remove(next);
      }
    }
  }
}
