package dev.standstill.explore.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.core.Chance;
import dev.standstill.explore.report.ScheduleReport;
import dev.standstill.explore.report.StoryTrace;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may happen while no task runs is told apart, and shown, as well. */
class OutsideTest {

  @Test
  void whatNobodyRunsForIsCountedInTheWholeRunEachKindForItself() {
    Outside outside = new Outside();

    Happening first = outside.next(null, "host b crashes");
    Happening ofOther = outside.next(null, "host c crashes");
    Happening second = outside.next(null, "host b crashes");

    assertThat(first.when()).isEqualTo(ofOther.when()).isNotEqualTo(second.when());
    assertThat(second).isEqualTo(nextInRunWithoutOther());
  }

  private static Happening nextInRunWithoutOther() {
    Outside outside = new Outside();
    outside.next(null, "host b crashes");
    return outside.next(null, "host b crashes");
  }

  @Test
  void whatNobodyRunsForIsShownInAColumnOfItsOwn() {
    Story story = new Story();
    Outside outside = new Outside();
    happens(story, outside, "host %s crashes", "b");
    happens(story, outside, "host %s crashes", "c");

    assertThat(report(story).lines())
        .extracting(line -> line.replaceFirst("^\\w+\\.java:\\d+", "").strip())
        .containsExactly(
            "2 happenings decide:",
            "1. host b crashes",
            "2. host c crashes",
            "",
            "What they do to the things that more than one of them uses:",
            "outside",
            "-- host b crashes (1) --",
            "-- host c crashes (2) --");
  }

  @Test
  void whatHappensSeveralTimesAtOnePlaceIsShownOnce() {
    Story story = new Story();
    Outside outside = new Outside();
    for (int time = 0; time < 3; time++) {
      happens(story, outside, "what is sent is late");
    }

    assertThat(report(story))
        .startsWith("3 happenings decide: what is sent is late (3 times).")
        .contains("-- what is sent is late (3 times) --");
  }

  @Test
  void ofSeveralWaysTheOneIsToldInWhichItHappens() {
    Story story = new Story();
    Chance chance = Chance.ofValues(3, "host %s crashes", way -> List.of(way == 1 ? "a" : "b"));
    story.happens(new Outside().next(null, chance.what()).inWay(2), chance, null);

    assertThat(report(story)).startsWith("1 happening decides: host b crashes.");
  }

  private static String report(Story story) {
    Trace run = Trace.empty("explored", TestLoop.DEFAULT_START);
    return ScheduleReport.of(StoryTrace.of(run, story, new IllegalStateException()), List.of());
  }

  private static void happens(Story story, Outside outside, String what, Object... about) {
    Chance chance = Chance.of(2, what, about);
    story.happens(outside.next(null, what), chance, null);
  }
}
