package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standstill.explore.programs.Latecomers;
import dev.standstill.explore.programs.Locks;
import dev.standstill.explore.programs.Races;
import dev.standstill.explore.programs.Unordered;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads find what one finds. */
class ParallelTest {

  /** A result, but for how long it took. */
  private record Seen(
      long schedules,
      long distinct,
      String proved,
      List<DataRace> races,
      List<String> limits,
      String failure) {

    static Seen of(ExplorationResult result) {
      String failure =
          result
              .failure()
              .map(found ->
                  "%d: %s %s %s"
                      .formatted(
                          found.schedule(), found.getMessage(), found.token(), found.steps()))
              .orElse("");
      return new Seen(
          result.schedules(),
          result.distinct(),
          result.proved(),
          result.races(),
          result.limits(),
          failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findTheSameFailure(SearchStrategy strategy) {
    assertSame(program(Latecomers.class, "fail"), strategy, 0);
    assertSame(program(Latecomers.class, "fail"), strategy, 1_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void seeTheSameIfNothingFails(SearchStrategy strategy) {
    assertSame(program(Latecomers.class, "pass"), strategy, 0);
  }

  @Test
  void findTheSameNeedle() {
    assertSame(program(Races.class, "needle"), SearchStrategy.AUTO, 3_000_000);
  }

  @Test
  void findTheSameDeadlock() {
    assertSame(program(Locks.class, "transferBothWays"), SearchStrategy.RANDOM, 5);
  }

  /** What the first runs teach changes the program, and some later runs are watched alone. */
  @ParameterizedTest
  @ValueSource(strings = {"sharedHashMap", "sleepingFlag", "twoLocks", "element", "list"})
  void seeTheSameRaces(String method) {
    assertSame(program(Unordered.class, method), SearchStrategy.AUTO, 0);
    assertSame(program(Unordered.class, method), SearchStrategy.STICKY, 1_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void findTheSameFailureOfWhatIsLearnt(SearchStrategy strategy) {
    assertSame(program(Races.class, "lostUpdateOfPlainField"), strategy, 2_000_000);
  }

  @Test
  void endInTime() {
    Supplier<Exploration.Body> bodies = program(Latecomers.class, "pass");

    ExplorationResult result =
        Exploration.of(bodies.get())
            .parallel(3, bodies)
            .strategy(SearchStrategy.RANDOM)
            .schedules(Long.MAX_VALUE)
            .limit(Duration.ofMillis(300))
            .run()
            .orThrow();

    assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(20));
    assertThat(result.schedules()).isPositive();
  }

  @Test
  void areOneAtLeast() {
    Exploration exploration = Exploration.of(loop -> {});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> exploration.parallel(0, () -> loop -> {}))
        .withMessage("The number of threads has to be above 0, not 0.");
  }

  private static void assertSame(
      Supplier<Exploration.Body> bodies, SearchStrategy strategy, long seed) {
    Seen alone = seen(bodies, strategy, seed, 1);

    for (int threads : new int[] {1, 2, 3}) {
      assertThat(seen(bodies, strategy, seed, threads)).as("%d threads", threads).isEqualTo(alone);
    }
  }

  private static Seen seen(
      Supplier<Exploration.Body> bodies, SearchStrategy strategy, long seed, int threads) {
    return Seen.of(
        Exploration.of(bodies.get())
            .parallel(threads, bodies)
            .strategy(strategy)
            .seed(seed)
            .schedules(3_000)
            .shrinkFor(Duration.ZERO)
            .run());
  }

  /** A method of a class that each body loads anew. */
  private static Supplier<Exploration.Body> program(Class<?> type, String method) {
    return () -> {
      ClassLoader loader = new OwnClasses();
      return loop -> {
        try {
          Class.forName(type.getName(), false, loader).getMethod(method).invoke(null);
        } catch (InvocationTargetException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw (Exception) e.getCause();
        }
      };
    };
  }

  private static final class OwnClasses extends ClassLoader {

    private static final String PREFIX = Races.class.getPackageName();

    OwnClasses() {
      super(ParallelTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        return name.startsWith(PREFIX) ? define(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] file = in.readAllBytes();
        return defineClass(name, file, 0, file.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
