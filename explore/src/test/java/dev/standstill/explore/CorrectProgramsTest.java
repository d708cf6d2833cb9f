package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Correct;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program without a mistake passes under each schedule. */
class CorrectProgramsTest {

  static Stream<Arguments> programs() {
    return Stream.of(
        program("LinkedBlockingQueue", Correct::queue),
        program("ConcurrentHashMap", Correct::map),
        program("ReentrantReadWriteLock", Correct::readWriteLock),
        program("Semaphore", Correct::semaphore),
        program("Limiter", Correct::limiter),
        program("channel of Jox", Correct::channel),
        program("Phaser", Correct::phaser),
        program("CompletableFuture", Correct::future),
        program("Exchanger", Correct::exchanger),
        program("Caffeine", Correct::cache),
        program("HikariCP over H2", Correct::connectionPool));
  }

  private static Arguments program(String name, ClassicBugsTest.Program program) {
    return Arguments.of(name, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void passUnderEachSchedule(String name, ClassicBugsTest.Program program) {
    ExplorationResult result =
        exploration(program).schedules(name.contains("H2") ? 500 : 3_000).run().orThrow();

    assertThat(result.limits())
        .filteredOn(limit -> !limit.startsWith("Never overlapped"))
        .isEmpty();
    assertThat(result.distinct()).isGreaterThan(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void passIfPlainFieldsAndLibrariesAreToldToo(String name, ClassicBugsTest.Program program) {
    ExplorationResult result =
        exploration(program)
            .plainFields()
            .include("com.github.benmanes.*", "com.zaxxer.*")
            .schedules(name.contains("H2") ? 100 : 500)
            .run()
            .orThrow();

    assertThat(result.distinct()).isGreaterThan(1);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void passUnderAMillionSchedules(String name, ClassicBugsTest.Program program) {
    assertThat(exploration(program).schedules(1_000_000).run().orThrow().limits())
        .filteredOn(limit -> !limit.startsWith("Never overlapped"))
        .isEmpty();
  }

  private static Exploration exploration(ClassicBugsTest.Program program) {
    return Exploration.of(loop -> program.run());
  }
}
