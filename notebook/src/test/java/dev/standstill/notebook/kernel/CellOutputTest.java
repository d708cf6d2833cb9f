package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.notebook.kernel.CellOutput.Kind;
import dev.standstill.notebook.kernel.CellOutput.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What cells print. */
class CellOutputTest {

  private final CellOutput output = new CellOutput();
  private final List<Piece> shown = new ArrayList<>();

  @Test
  void manyLinesAreShownTogether() {
    output.begin(shown::add);
    for (int i = 0; i < 20_000; i++) {
      output.out().println("line " + i);
    }
    output.show();

    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst().text().lines()).hasSize(20_000).endsWith("line 19999");
  }

  @Test
  void whatIsPrintedIsShownWhileTheCellStillRuns() throws Exception {
    BlockingQueue<Piece> seen = new LinkedBlockingQueue<>();
    output.start();
    output.begin(seen::add);
    output.out().print("working");

    assertThat(seen.poll(1, TimeUnit.MINUTES)).isEqualTo(new Piece(Kind.OUT, "working"));
  }

  @Test
  void theTwoStreamsKeepTheirOrder() {
    output.begin(shown::add);
    output.out().print("one");
    output.err().print("two");
    output.out().print("three");
    output.show();

    assertThat(shown)
        .containsExactly(
            new Piece(Kind.OUT, "one"), new Piece(Kind.ERR, "two"), new Piece(Kind.OUT, "three"));
  }

  @Test
  void linesToBothStreamsInTurnsAreFewPiecesAllTheSame() {
    output.begin(shown::add);
    for (int i = 0; i < 10_000; i++) {
      output.out().println("out " + i);
      output.err().println("err " + i);
    }
    output.show();

    assertThat(shown).hasSizeLessThan(20);
    assertThat(linesOf(Kind.OUT)).hasSize(10_000);
    assertThat(linesOf(Kind.ERR)).hasSize(10_000).endsWith("err 9999");
  }

  private List<String> linesOf(Kind kind) {
    return shown.stream()
        .filter(piece -> piece.kind() == kind)
        .flatMap(piece -> piece.text().lines())
        .toList();
  }

  @Test
  void megabytesAreCutWithASentence() {
    output.begin(shown::add);
    String line = "x".repeat(1_000);
    for (int i = 0; i < 5_000; i++) {
      output.out().println(line);
    }
    output.show();

    String text = shown.getFirst().text();
    assertThat(text).hasSizeBetween(CellOutput.LIMIT, CellOutput.LIMIT + 200);
    assertThat(text)
        .endsWith(
            "\n[Cut here: a cell shows the first 1,000,000 characters that it prints. Write more to a file.]\n");
    assertThat(text).containsOnlyOnce("Cut here");
  }

  @Test
  void theNextCellShowsAgainAllThatItPrints() {
    output.begin(shown::add);
    output.out().print("x".repeat(2 * CellOutput.LIMIT));
    output.begin(shown::add);
    shown.clear();
    output.out().print("next");
    output.show();

    assertThat(shown).containsExactly(new Piece(Kind.OUT, "next"));
  }

  /** As what tasks print that live on. */
  @Test
  void whatIsPrintedAfterACellBelongsToItUntilTheNextBegins() {
    List<Piece> later = new ArrayList<>();
    output.begin(shown::add);
    output.show();
    output.out().print("late");
    output.begin(later::add);
    output.show();

    assertThat(shown).containsExactly(new Piece(Kind.OUT, "late"));
    assertThat(later).isEmpty();
  }

  @Test
  void aCharacterThatIsWrittenInPartsIsWhole() {
    byte[] octets = "ä€😀".getBytes(StandardCharsets.UTF_8);
    output.begin(shown::add);
    for (byte octet : octets) {
      output.out().write(octet);
      output.show();
    }

    assertThat(shown).extracting(Piece::text).containsExactly("ä", "€", "😀");
  }
}
