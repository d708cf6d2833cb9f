package dev.standstill.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTimelineTest {

  @Test
  void showsLanesSwitchesAndAColumnForEachTask() {
    assertThat(Timeline.of(Traces.lostUpdate()).text(100, false))
        .isEqualTo(
            """
            explored: 3 tasks, 5 slices, 0 ns of virtual time; it failed.

            main      █FFF█
            January    █ █
            February    █
            switches    1
            One letter is one slice. █ it runs, F it waits for a future, thread or latch
            Switch 1 decides: January is preempted before Store.java:17, and February runs.

            Without switch 1 it passes:
            main      █FF█
            January    █
            February    █
            One letter is one slice. █ it runs, F it waits for a future, thread or latch

                           January                                   February
            Store.java:16  reads count: 0
                           -- switch 1 --
            Store.java:16                                            reads count: 0
            Store.java:17                                            writes count: 1
            Store.java:17  writes count: 1
            January throws in slice 4: java.lang.IllegalStateException: Too many
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 132})
  void lanesAndRowsFitTheWidth(int width) {
    assertThat(Timeline.of(Traces.large(5_000, 30)).text(width, false).lines())
        .filteredOn(line -> !line.startsWith("One letter") && !line.startsWith("large:"))
        .allMatch(line -> line.length() <= width);
  }

  @Test
  void coloursAreThereOnlyWhenTheyAreAskedFor() {
    assertThat(Timeline.of(Traces.network()).text(80, false)).doesNotContain("\u001b");
    assertThat(Timeline.of(Traces.network()).text(80, true)).contains("\u001b[34mN\u001b[0m");
  }
}
