package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.standstill.ThrowingRunnable;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Reports show the program's line below the frames of a library, and whose its threads are. */
class ReportsTest {

  private static final Map<String, String> BASIS = Map.of("chair", "set", "set", "chair");

  /** First in, first out, and 20 seeds, three times each. */
  private static Stream<TestLoop.Builder> schedules() {
    return Stream.generate(() ->
            Stream.concat(
                Stream.of(TestLoop.builder()),
                LongStream.range(0, 20).mapToObj(TestLoop.builder()::seed)))
        .limit(3)
        .flatMap(each -> each);
  }

  private static DeadlockException deadlock(TestLoop.Builder schedule, ThrowingRunnable body) {
    try (TestLoop loop = schedule.leaks(Leaks.IGNORE).open()) {
      return catchThrowableOfType(DeadlockException.class, () -> loop.run(body));
    }
  }

  private static void loadBoth(UnaryOperator<String> cache) throws InterruptedException {
    Thread chairs = new Thread(() -> cache.apply("chair"), "chairs");
    Thread sets = new Thread(() -> cache.apply("set"), "sets");
    chairs.start();
    sets.start();
    chairs.join();
    sets.join();
  }

  private static String load(String what, UnaryOperator<String> cache) {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return what + cache.apply(BASIS.get(what));
  }

  private static void showsThePlaceOfEach(DeadlockException deadlock) {
    assertThat(deadlock.blocked()).hasSize(3);
    assertThat(deadlock.blocked())
        .filteredOn(task -> !task.name().equals("main"))
        .extracting(BlockedTask::ownFrame)
        .allSatisfy(place ->
            assertThat(place)
                .hasValueSatisfying(frame -> assertThat(frame.getMethodName()).isEqualTo("load")));
    assertThat(deadlock.getMessage().lines())
        .filteredOn(line -> line.startsWith("      at " + ReportsTest.class.getName() + ".load("))
        .hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void aCycleInACacheOfCaffeineShowsTheLinesThatLoad(TestLoop.Builder schedule) {
    DeadlockException deadlock =
        deadlock(
            schedule,
            () -> {
              var cache = new AtomicReference<LoadingCache<String, String>>();
              cache.set(Caffeine.newBuilder().build(what -> load(what, cache.get()::get)));
              loadBoth(cache.get()::get);
            });

    showsThePlaceOfEach(deadlock);
    assertThat(deadlock)
        .hasMessageContaining(" of com.github.benmanes.caffeine.cache\n")
        .hasMessageContaining("Cycle: \"chairs\" holds ConcurrentHashMap#");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void soDoesOneInACacheOfGuava(TestLoop.Builder schedule) {
    DeadlockException deadlock =
        deadlock(
            schedule,
            () -> {
              var cache =
                  new AtomicReference<com.google.common.cache.LoadingCache<String, String>>();
              CacheLoader<String, String> loader =
                  CacheLoader.from(what -> load(what, cache.get()::getUnchecked));
              cache.set(CacheBuilder.newBuilder().build(loader));
              loadBoth(cache.get()::getUnchecked);
            });

    showsThePlaceOfEach(deadlock);
    assertThat(deadlock).hasMessageContaining(" of com.google.common\n");
  }

  @Test
  void threadsOfAPoolThatIsNeverClosedAreNotTheTests() throws Exception {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open()) {
      loop.run(() -> {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:");
        config.setMaximumPoolSize(2);
        new HikariDataSource(config).getConnection().close();
      });
    }
  }

  @Test
  void neitherAreThoseOfASharedScheduler() throws Exception {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open()) {
      loop.run(() -> {
        var unused = Flux.interval(Duration.ofMinutes(1)).subscribe();
        Thread.sleep(Duration.ofMinutes(5));
      });
    }
  }
}
