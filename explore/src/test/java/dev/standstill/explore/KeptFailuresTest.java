package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Changing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that were found are run first by the next exploration of the same program. */
class KeptFailuresTest {

  @TempDir private Path directory;

  @Test
  void whatFailsAgainIsTheResultAndNothingElseIsRun() {
    ScheduleFailure found = explore(Changing.Kind.BROKEN).failure().orElseThrow();

    ExplorationResult again = explore(Changing.Kind.BROKEN);

    ScheduleFailure failure = again.failure().orElseThrow();
    assertThat(again.schedules()).isZero();
    assertThat(failure.schedule()).isZero();
    assertThat(failure.token()).isEqualTo(found.token());
    assertThat(failure.getCause()).hasMessage("counted 1");
    assertThat(failure.report())
        .startsWith(found.report().substring(0, found.report().indexOf("Found in schedule")))
        .contains("A failure that an earlier run has kept fails again: " + kept().getFirst());
    assertThat(again.toString()).startsWith("A kept failure fails again.");
    assertThat(kept()).hasSize(2);
  }

  @Test
  void theFileOfAFailureIsTheSameEachTime() throws IOException {
    String token = explore(Changing.Kind.BROKEN).failure().orElseThrow().token().toString();
    Path file = kept().getFirst();
    String text = Files.readString(file);

    assertThat(text)
        .isEqualTo(
            """
            # A schedule under which the program fails. It is run first; delete this file to forget it.
            program: a test
            options: plainFields=false, spuriousWakeUps=false, untilExit=false, include=[], exclude=[]
            failure: java.lang.AssertionError at dev.standstill.explore.programs.Changing.run(Changing.java:%d)
            token: %s
            """
                .formatted(Changing.LINE_OF_FAILURE, token));
    for (Path each : kept()) {
      Files.delete(each);
    }
    explore(Changing.Kind.BROKEN);
    assertThat(file).hasContent(text);
  }

  @Test
  void whatPassesIsRemovedButIfItIsCheckedIn() {
    explore(Changing.Kind.BROKEN);
    Path built = kept().getFirst();

    ExplorationResult mended = explore(Changing.Kind.MENDED);

    assertThat(mended.failure()).isEmpty();
    assertThat(mended.schedules()).isPositive();
    assertThat(mended.kept())
        .satisfiesExactly(
            removed ->
                assertThat(removed)
                    .startsWith("A kept failure no longer fails (java.lang.AssertionError at ")
                    .endsWith(built + " is removed."),
            stays ->
                assertThat(stays)
                    .isEqualTo(
                        "The kept failure that is checked in was run first and does not fail."));
    assertThat(mended.toString()).contains(mended.kept());
    assertThat(kept()).singleElement().satisfies(file -> assertThat(file).startsWith(checkedIn()));

    assertThat(explore(Changing.Kind.BROKEN).failure().orElseThrow().schedule()).isZero();
  }

  @Test
  void whatDoesNotFitAChangedProgramIsToldAndTheExplorationGoesOn() {
    explore(Changing.Kind.BROKEN);

    ExplorationResult changed = explore(Changing.Kind.MENDED_WITH_MORE_POINTS);

    assertThat(changed.failure()).isEmpty();
    assertThat(changed.schedules()).isPositive();
    assertThat(changed.kept())
        .satisfiesExactly(
            removed ->
                assertThat(removed)
                    .startsWith("A kept failure does not fit the program any more")
                    .endsWith(" is removed."),
            stays -> assertThat(stays).contains(" stays, as it is checked in"));
    assertThat(kept()).hasSize(1);
  }

  @Test
  void whatFailsAlthoughItDoesNotFitIsAFailure() {
    explore(Changing.Kind.BROKEN);

    ScheduleFailure failure = explore(Changing.Kind.FAILS_ANYWAY).failure().orElseThrow();

    assertThat(failure.schedule()).isZero();
    assertThat(failure.report()).contains("fails again, although the program has changed since");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "token: 2-fifo.AA.Bg-6-fa7d03c3",
        "program: a test",
        "program: a test\noptions: %s\nfailure: some\ntoken: 2-fifo.AA.Bg-6-fa7",
        "program: a test\noptions: %s\nfailure: some\ntoken: 1-fifo.AA.Bg-6-fa7d03c3",
        "\u0000\uffff"
      })
  void whatCannotBeReadIsToldAndLeftAlone(String text) throws IOException {
    explore(Changing.Kind.BROKEN);
    Path file = kept().getFirst().resolveSibling("Half.failure");
    String options =
        "plainFields=false, spuriousWakeUps=false, untilExit=false, include=[], exclude=[]";
    Files.writeString(file, text.formatted(options));

    ExplorationResult mended = explore(Changing.Kind.MENDED);

    assertThat(mended.failure()).isEmpty();
    assertThat(mended.kept())
        .anySatisfy(note ->
            assertThat(note)
                .startsWith("The kept failure " + file + " is left out, as it cannot be read: ")
                .endsWith(". Delete it if nobody needs it."));
    assertThat(file).exists();
  }

  @Test
  void aTokenOfAnotherWayToExploreIsLeftAlone() {
    explore(Changing.Kind.BROKEN);

    ExplorationResult other =
        exploration(Changing.Kind.MENDED, "a test").plainFields().schedules(50).run();

    assertThat(other.kept()).isEmpty();
    assertThat(kept()).hasSize(2);
  }

  @Test
  void programsDoNotShareFailures() {
    explore(Changing.Kind.BROKEN);

    assertThat(exploration(Changing.Kind.MENDED, "a-test").schedules(50).run().kept()).isEmpty();
    assertThat(kept()).hasSize(2);
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldAndTheFailureIsReported() throws IOException {
    Files.writeString(checkedIn(), "a file");

    ExplorationResult found = explore(Changing.Kind.BROKEN);

    assertThat(found.failure().orElseThrow().schedule()).isPositive();
    assertThat(found.kept())
        .singleElement()
        .asString()
        .startsWith("The failure could not be kept in " + checkedIn());
    assertThat(explore(Changing.Kind.BROKEN).failure().orElseThrow().schedule()).isZero();
  }

  @Test
  void nothingIsKeptUnlessAskedForAndNothingHalfWrittenIsLeft() throws IOException {
    Exploration.of(loop -> Changing.run(Changing.Kind.BROKEN)).run();
    assertThat(directory).isEmptyDirectory();

    explore(Changing.Kind.BROKEN);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(file -> assertThat(file.toString()).endsWith(".failure"));
    }
  }

  private ExplorationResult explore(Changing.Kind kind) {
    return exploration(kind, "a test").schedules(300).run();
  }

  private Exploration exploration(Changing.Kind kind, String program) {
    Exploration exploration = Exploration.of(loop -> Changing.run(kind));
    exploration.kept = new KeptRuns.Place(program, directory.resolve("built"), checkedIn());
    return exploration;
  }

  private Path checkedIn() {
    return directory.resolve("in-git");
  }

  /** Those of the build come first. */
  private List<Path> kept() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".failure")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
