package dev.standstill.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.standstill.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A suite that knows nothing of loops, and waits for hours in all of its parts. */
final class Unannotated {

  static final Class<?>[] ALL = {
    EachKind.class, WithFixturesOfTheClass.class, WithOneInstance.class, WithAnotherExtension.class
  };

  private Unannotated() {}

  /** Fails at once where it would really wait. */
  static void waitAnHour() throws InterruptedException {
    assertThat(EventLoop.running()).as("the running loop").isPresent();
    Instant before = Instant.now();
    Thread.sleep(Duration.ofHours(1));
    assertThat(Duration.between(before, Instant.now())).isEqualTo(Duration.ofHours(1));
  }

  /** Each kind of test, and fixtures of each test. */
  static class EachKind {

    EachKind() throws InterruptedException {
      waitAnHour();
    }

    @BeforeEach
    void before() throws InterruptedException {
      waitAnHour();
    }

    @AfterEach
    void after() throws InterruptedException {
      waitAnHour();
    }

    @Test
    void test() throws InterruptedException {
      waitAnHour();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int hours) throws InterruptedException {
      for (int i = 0; i < hours; i++) {
        waitAnHour();
      }
    }

    @RepeatedTest(2)
    void repeated() throws InterruptedException {
      waitAnHour();
    }

    @TestFactory
    Stream<DynamicNode> factory() throws InterruptedException {
      waitAnHour();
      return Stream.of(
          dynamicTest("dynamic", Unannotated::waitAnHour),
          dynamicContainer("container", Stream.of(dynamicTest("inner", Unannotated::waitAnHour))));
    }

    @Nested
    class Inside {
      @Test
      void nested() throws InterruptedException {
        waitAnHour();
      }
    }
  }

  /** What the class has made is on the loop of its tests. */
  static class WithFixturesOfTheClass {

    private static ExecutorService pool;

    @BeforeAll
    static void open() throws InterruptedException {
      waitAnHour();
      pool = Executors.newFixedThreadPool(1);
    }

    @AfterAll
    static void close() throws InterruptedException {
      waitAnHour();
      pool.close();
    }

    @Test
    void uses() throws Exception {
      Future<?> work =
          pool.submit(() -> {
            waitAnHour();
            return null;
          });
      work.get();
    }

    @Nested
    class Inside {
      @Test
      void usesToo() throws Exception {
        uses();
      }
    }
  }

  /** The instance of the class, too. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class WithOneInstance {

    private final ExecutorService pool = Executors.newFixedThreadPool(1);
    private int tests;

    WithOneInstance() throws InterruptedException {
      waitAnHour();
    }

    @Test
    void first() throws Exception {
      pool.submit(
              () -> {
                waitAnHour();
                return tests++;
              })
          .get();
    }

    @Test
    void second() throws Exception {
      first();
    }

    @AfterAll
    void close() {
      assertThat(tests).isEqualTo(2);
      pool.close();
    }
  }

  /** So are callbacks of others. */
  @ExtendWith(WithAnotherExtension.Waiting.class)
  static class WithAnotherExtension {

    static class Waiting implements BeforeEachCallback, AfterEachCallback {
      @Override
      public void beforeEach(ExtensionContext context) throws InterruptedException {
        waitAnHour();
      }

      @Override
      public void afterEach(ExtensionContext context) throws InterruptedException {
        waitAnHour();
      }
    }

    @Test
    void comesBetween() throws InterruptedException {
      waitAnHour();
    }
  }
}
