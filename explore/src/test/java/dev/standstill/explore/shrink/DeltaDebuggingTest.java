package dev.standstill.explore.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeltaDebuggingTest {

  private static final List<Integer> MANY = IntStream.range(0, 1_000).boxed().toList();

  private int tests;

  @Test
  void leavesOnlyWhatThePropertyNeeds() {
    List<Integer> needed = List.of(17, 500, 501);

    assertThat(minimize(needed, Integer.MAX_VALUE)).isEqualTo(needed);
  }

  @Test
  void oneOfAThousandIsFoundByHalving() {
    assertThat(minimize(List.of(999), Integer.MAX_VALUE)).containsExactly(999);
    assertThat(tests).isLessThanOrEqualTo(20);
  }

  @Test
  void whatItHasWhenItIsToldToStopStillHasTheProperty() {
    List<Integer> needed = List.of(17, 500, 501);

    assertThat(minimize(needed, 10)).containsAll(needed).hasSizeLessThan(1_000);
  }

  private List<Integer> minimize(List<Integer> needed, int most) {
    return new DeltaDebugging<Integer>(
            some -> {
              tests++;
              return some.containsAll(needed) ? some : null;
            },
            () -> tests >= most)
        .minimize(MANY);
  }
}
