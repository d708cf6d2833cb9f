package dev.standstill.explore.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a compiler has written, the JVM accepts it when it is changed. */
class ChangedLibrariesTest {

  /** A file of each. */
  private static final List<String> FEW =
      List.of(
          "com/github/benmanes/caffeine/cache/Caffeine.class",
          "com/zaxxer/hikari/HikariConfig.class");

  private static final List<String> MORE =
      List.of(
          "com/google/common/base/Joiner.class",
          "org/h2/Driver.class",
          "reactor/core/publisher/Flux.class",
          "io/reactivex/rxjava3/core/Flowable.class",
          "org/quartz/Job.class",
          "org/eclipse/jetty/server/Server.class",
          "io/netty/channel/Channel.class",
          "io/netty/util/Timer.class",
          "kotlin/Unit.class",
          "kotlinx/coroutines/Job.class",
          "org/springframework/core/Ordered.class",
          "org/agrona/DirectBuffer.class",
          "org/apache/kafka/common/Node.class",
          "org/apache/catalina/Server.class",
          "org/assertj/core/api/Assertions.class");

  /** Those that are not changed need libraries that are not there. */
  private static final String NEEDS_ANOTHER = ".*Could not resolve class \\S+\\)";

  @ParameterizedTest(name = "wholly: {0}, plain fields, too: {1}")
  @CsvSource({"true, true", "false, true"})
  void theJvmAcceptsChangedClasses(boolean wholly, boolean plainToo) {
    ChangedLibraries libraries = new ChangedLibraries(wholly, plainToo);

    FEW.forEach(libraries::add);

    assertThat(libraries.failed()).isEmpty();
    assertThat(libraries.linked()).isGreaterThan(800);
    assertThat(libraries.unchanged()).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest(name = "wholly: {0}, plain fields, too: {1}")
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void theJvmAcceptsChangedClassesOfManyLibraries(boolean wholly, boolean plainToo) {
    ChangedLibraries libraries = new ChangedLibraries(wholly, plainToo);

    Stream.of(FEW, MORE).flatMap(List::stream).forEach(libraries::add);

    assertThat(libraries.failed()).isEmpty();
    assertThat(libraries.linked()).isGreaterThan(15_000);
    assertThat(libraries.unchanged())
        .hasSizeLessThan(12)
        .allSatisfy(type -> assertThat(type).matches(NEEDS_ANOTHER));
  }
}
