package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is random on a loop comes from the seed of its schedule. */
class RandomnessTest {

  static final List<Integer> NUMBERS = IntStream.range(0, 40).boxed().toList();

  static List<Arguments> sources() {
    return List.of(
        source("Math.random", Math::random),
        source("new Random", () -> new Random().nextLong()),
        source("ThreadLocalRandom", () -> ThreadLocalRandom.current().nextLong()),
        source(
            "ThreadLocalRandom of a child",
            () -> CompletableFuture.supplyAsync(() -> ThreadLocalRandom.current().nextInt()).get()),
        source("SplittableRandom", () -> new SplittableRandom().nextLong()),
        source("RandomGenerator.getDefault", () -> RandomGenerator.getDefault().nextLong()),
        source("Xoshiro256PlusPlus", () -> RandomGenerator.of("Xoshiro256PlusPlus").nextLong()),
        source("SecureRandom", () -> new SecureRandom().nextLong()),
        source(
            "SecureRandom.generateSeed", () -> Arrays.hashCode(new SecureRandom().generateSeed(8))),
        source("UUID", UUID::randomUUID),
        source("Collections.shuffle", RandomnessTest::shuffled));
  }

  static List<Arguments> hashCodes() {
    return List.of(
        source("identity hash codes", () -> System.identityHashCode(new Object())),
        source("default toString", () -> new Object().toString()),
        source("hash codes of threads", () -> new Thread(() -> {}).hashCode()),
        source("HashMap of identity-hashed keys", RandomnessTest::orderOfObjects));
  }

  static List<Arguments> orders() {
    return List.of(
        source("Set.of", () -> List.copyOf(Set.copyOf(NUMBERS))),
        source("Set.of two", () -> List.of(Set.of("a", "b").toArray())),
        source("Map.of", () -> List.copyOf(Map.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5).keySet())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sources", "orders", "hashCodes"})
  void theSameScheduleGivesTheSame(String name, Callable<?> source) throws Exception {
    List<Object> first = Schedules.resultsOnEach(() -> List.of(source.call(), source.call()));
    List<Object> second = Schedules.resultsOnEach(() -> List.of(source.call(), source.call()));

    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sources", "orders", "hashCodes"})
  void otherSeedsGiveOthers(String name, Callable<?> source) throws Exception {
    List<Object> seen = new ArrayList<>();
    for (long seed = 0; seed < 20; seed++) {
      seen.add(onLoop(seed, source));
    }
    assertThat(seen.stream().distinct().count()).isGreaterThan(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sources", "hashCodes"})
  void offTheLoopNothingIsDecided(String name, Callable<?> source) throws Exception {
    onLoop(1, source);
    assertThat(List.of(source.call(), source.call(), source.call()).stream().distinct().count())
        .isGreaterThan(1);
  }

  static List<Arguments> temporaryFiles() {
    return List.of(
        source("File.createTempFile", () -> removed(File.createTempFile("name", "x").toPath())),
        source("Files.createTempFile", () -> removed(Files.createTempFile("name", "x"))),
        source("Files.createTempDirectory", () -> removed(Files.createTempDirectory("a"))));
  }

  /** Other JVMs of the machine may run the same schedule at the same time. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("temporaryFiles")
  void namesOfTemporaryFilesAreTakenBySchedulesOnce(String name, Callable<?> source)
      throws Exception {
    assertThat(onLoop(1, source)).isNotEqualTo(onLoop(1, source));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("temporaryFiles")
  void namesOfTemporaryFilesLeaveNumbersAsTheyAre(String name, Callable<?> source)
      throws Exception {
    Callable<?> both = () -> List.of(source.call() instanceof Path, new SecureRandom().nextLong());

    assertThat(onLoop(1, both)).isEqualTo(onLoop(1, both));
  }

  private static Path removed(Path file) throws Exception {
    Files.delete(file);
    return file;
  }

  private static Object onLoop(long seed, Callable<?> source) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
      return loop.run(() -> List.of(source.call(), source.call()));
    }
  }

  private static List<Integer> shuffled() {
    List<Integer> numbers = new ArrayList<>(NUMBERS);
    Collections.shuffle(numbers);
    return numbers;
  }

  private static List<Integer> orderOfObjects() {
    Map<Object, Integer> numbered = new HashMap<>();
    NUMBERS.forEach(number -> numbered.put(new Object(), number));
    return List.copyOf(numbered.values());
  }

  private static Arguments source(String name, Callable<?> source) {
    return Arguments.of(name, source);
  }
}
