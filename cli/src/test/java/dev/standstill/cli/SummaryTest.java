package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.000000001S, 0.000000001 s",
    "PT0.5S, 0.5 s",
    "PT10S, 10 s",
    "PT1H, 1 h",
    "PT50H3M4.25S, 2 d 2 h 3 min 4.25 s",
  })
  void durationsAreWrittenAsPeopleSayThem(Duration duration, String words) {
    assertThat(Summary.inWords(duration)).isEqualTo(words);
  }
}
