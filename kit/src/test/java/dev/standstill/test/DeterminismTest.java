package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Jvm;
import dev.standstill.probe.WholeProgram;
import dev.standstill.probe.Workshop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same seed gives the same trace, byte for byte. */
class DeterminismTest {

  private static final int FEW_PAIRS = 4;
  private static final int HUNDREDS = 150;

  @Test
  void tenThousandRunsWithOneSeedGiveOneTrace() throws Exception {
    String first = Workshop.run(42, FEW_PAIRS);

    for (int run = 1; run < 10_000; run++) {
      assertThat(Workshop.run(42, FEW_PAIRS)).isEqualTo(first);
    }
  }

  @Test
  void everySeedGivesOneTraceOfItsOwn() throws Exception {
    Set<String> traces = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      String trace = Workshop.run(seed, FEW_PAIRS);
      assertThat(Workshop.run(seed, FEW_PAIRS)).isEqualTo(trace);
      traces.add(trace);
    }

    assertThat(traces).hasSize(200);
  }

  @Test
  void hundredsOfTasksGiveOneTrace() throws Exception {
    String first = Workshop.run(7, HUNDREDS);

    for (int run = 1; run < 10; run++) {
      assertThat(Workshop.run(7, HUNDREDS)).isEqualTo(first);
    }
  }

  @Test
  void aFreshJvmGivesTheTraceOfThisOne() throws Exception {
    assertThat(Jvm.runWithAgent(Workshop.class, "20")).isEqualTo(tracesHere());
  }

  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void twentyFreshJvmsGiveTheTraceOfThisOne() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(Jvm.runWithAgent(Workshop.class, "20")).isEqualTo(tracesHere());
    }
  }

  /** What {@link Workshop#main} prints for 20 seeds. */
  private static String tracesHere() throws Exception {
    StringBuilder traces = new StringBuilder();
    for (int seed = 0; seed < 20; seed++) {
      traces
          .append(seed)
          .append(" ")
          .append(Workshop.run(seed, FEW_PAIRS).hashCode())
          .append(System.lineSeparator());
    }
    return traces.toString();
  }

  @Test
  void theFirstRunInAJvmIsLikeThoseAfterItAndLikeThoseOfOtherJvms() throws Exception {
    Map<String, List<String>> runs = new TreeMap<>();
    for (String[] seeds : List.of(seeds(1, 1, 1, 2, 3, 1), seeds(2, 3, 1), seeds(3, 2))) {
      Jvm.runWithAgent(WholeProgram.class, seeds).lines().forEach(line -> addTo(runs, line));
    }
    for (long seed = 1; seed <= 3; seed++) {
      addTo(runs, seed + " " + WholeProgram.run(seed).hashCode());
    }

    assertThat(runs.keySet()).as("one trace for each seed, by its hash code").hasSize(3);
    assertThat(runs.values()).extracting(List::size).containsExactly(6, 4, 4);
  }

  private static String[] seeds(long... seeds) {
    return LongStream.of(seeds).mapToObj(Long::toString).toArray(String[]::new);
  }

  private static void addTo(Map<String, List<String>> runs, String line) {
    runs.computeIfAbsent(line, any -> new ArrayList<>()).add(line);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void twentyFreshJvmsRunAWholeProgramAlike() throws Exception {
    Set<String> outputs = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      outputs.add(Jvm.runWithAgent(WholeProgram.class, seeds(LongStream.range(0, 10).toArray())));
    }

    assertThat(outputs).hasSize(1);
  }

  @Test
  void aFifoScheduleIsAScheduleToo() throws Exception {
    assertThat(fifoTrace()).isEqualTo(fifoTrace()).contains("1 +PT0S #1 main (0 of 1)");
  }

  private static String fifoTrace() throws Exception {
    try (TestLoop loop = TestLoop.builder().trace().open()) {
      loop.run(() -> {
        for (int i = 0; i < 10; i++) {
          loop.spawn(() -> Thread.sleep(Duration.ofMillis(1)));
        }
        Thread.sleep(Duration.ofMillis(2));
      });
      return loop.trace().toString();
    }
  }

  @Test
  void aTraceIsKeptOnlyIfAskedFor() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> Thread.sleep(1));

      assertThat(loop.trace().slices()).isEmpty();
      assertThat(loop.slices()).isEqualTo(2);
    }
  }
}
