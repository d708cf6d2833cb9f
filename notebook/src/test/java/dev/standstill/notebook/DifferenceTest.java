package dev.standstill.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.notebook.Difference.Line;
import dev.standstill.notebook.Difference.Side;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The difference between two texts. */
class DifferenceTest {

  @Test
  void whatBothHaveIsShownOnce() {
    assertThat(shown("a\nb\nc", "a\nx\nc")).isEqualTo(" a\n-b\n+x\n c");
    assertThat(shown("a\nb", "a\nb")).isEqualTo(" a\n b");
    assertThat(shown("a\nc", "a\nb\nc")).isEqualTo(" a\n+b\n c");
    assertThat(shown("", "a")).isEqualTo("+a");
  }

  /** Law: the lines of one side and of both are that side's text. */
  @Test
  void eachTextCanBeReadFromTheLines() {
    for (long seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      String expected = text(random);
      String actual = text(random);
      List<Line> lines = new Difference(expected, actual).lines();

      assertThat(side(lines, Side.EXPECTED)).as("seed %d", seed).isEqualTo(expected);
      assertThat(side(lines, Side.ACTUAL)).as("seed %d", seed).isEqualTo(actual);
    }
  }

  @Test
  void longTextsAreShownWhole() {
    String expected = "a\n".repeat(3_000) + "a";
    assertThat(new Difference(expected, "b").lines()).hasSize(3_002);
  }

  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(8), 'a', 'e')
        .mapToObj(Character::toString)
        .collect(Collectors.joining("\n"));
  }

  private static String side(List<Line> lines, Side side) {
    return lines.stream()
        .filter(line -> line.side() == side || line.side() == Side.BOTH)
        .map(Line::text)
        .collect(Collectors.joining("\n"));
  }

  private static String shown(String expected, String actual) {
    return new Difference(expected, actual)
        .lines().stream()
            .map(line -> (TextReport.sign(line.side()) + line.text()))
            .collect(Collectors.joining("\n"));
  }
}
