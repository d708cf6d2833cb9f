package dev.standstill.explore.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is said truthfully by how much a schedule was made smaller, and no more than that. */
class ReductionTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          40, 12, 1, 1, '40 switches and 12 happenings to 1 switch and 1 happening'
          40, 12, 2, 0, '40 switches and 12 happenings to 2 switches'
          40, 12, 0, 2, '40 switches and 12 happenings to 2 happenings'
          40, 12, 0, 0, '40 switches and 12 happenings to no switch'
          40, 0, 1, 0, '40 switches to 1'
          1, 0, 0, 0, '1 switch to 0'
          0, 12, 0, 1, '12 happenings to 1'
          0, 1, 0, 0, '1 happening to no switch'
          1000, 2000, 3, 1, '1,000 switches and 2,000 happenings to 3 switches and 1 happening'
          """)
  void bothAreCounted(
      int switches, int happenings, int switchesLeft, int happeningsLeft, String words) {
    Reduction reduction =
        new Reduction(new Counted(switches, happenings), new Counted(switchesLeft, happeningsLeft));

    assertThat(reduction.words(Duration.ofMillis(7)))
        .isEqualTo(", shrunk from " + words + " in 7 ms");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "0, 1", "2, 3"})
  void nothingIsSaidOfWhatIsAsItWas(int switches, int happenings) {
    Counted counted = new Counted(switches, happenings);

    assertThat(new Reduction(counted, counted).words(Duration.ZERO)).isEmpty();
  }
}
