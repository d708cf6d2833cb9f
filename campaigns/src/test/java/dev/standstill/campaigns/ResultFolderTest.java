package dev.standstill.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with results, good and bad. */
class ResultFolderTest {

  private static final CampaignSubject SUBJECT =
      new CampaignSubject("a program", "a test", "AUTO", "", "", 10);

  @TempDir Path directory;

  @Test
  void resultsOfFoldersBelowCountToo() throws Exception {
    CampaignResults one = new DrawnResults(1).next();
    CampaignResults other = new DrawnResults(2).next();
    new ResultFolder(directory.resolve("a/b")).add(SUBJECT, new Shard(1, 2), one);
    new ResultFolder(directory.resolve("c")).add(SUBJECT, new Shard(2, 2), other);

    assertThat(new ResultFolder(directory).readAll()).isEqualTo(one.merge(other));
  }

  @Test
  void aShardThatIsRunAgainLosesNothingOfWhatWasThere() throws Exception {
    ResultFolder folder = new ResultFolder(directory);
    CampaignResults one = new DrawnResults(3).next();
    CampaignResults other = new DrawnResults(4).next();
    Path first = folder.add(SUBJECT, Shard.WHOLE, one);

    Path second = folder.add(SUBJECT, Shard.WHOLE, other);

    assertThat(second).isEqualTo(first);
    assertThat(folder.readAll()).isEqualTo(one.merge(other));
    assertThat(names()).hasSize(1);
  }

  @Test
  void whatIsHalfWrittenIsPassedBy() throws Exception {
    ResultFolder folder = new ResultFolder(directory);
    CampaignResults results = new DrawnResults(5).next();
    folder.add(SUBJECT, Shard.WHOLE, results);
    Files.writeString(directory.resolve("x.campaign.json-1.tmp"), "{\"standstill-cam");

    assertThat(folder.readAll()).isEqualTo(results);
  }

  @Test
  void aFileThatIsCutShortIsRefusedWherever() throws Exception {
    Path file = directory.resolve("cut.campaign.json");
    String whole = ResultJson.write(new DrawnResults(6).next());
    for (int length = 0; length < whole.length() - 1; length++) {
      Files.writeString(file, whole.substring(0, length));

      refused(
          () -> new ResultFolder(directory).readAll(),
          file + " is no JSON from letter ",
          ". Nothing was merged; take the file away, or run its shard again.");
    }
  }

  @Test
  void aFileOfAnotherVersionIsRefused() throws Exception {
    Files.writeString(
        directory.resolve("new.campaign.json"), "{\"standstill-campaign\":2,\"explored\":[]}");

    refused(
        () -> new ResultFolder(directory).readAll(),
        "new.campaign.json is of version 2, and this Standstill reads version 1: merge it with the one that wrote it, or explore again. Nothing was merged;");
  }

  @Test
  void whatIsNoResultIsRefused() throws Exception {
    Path file = directory.resolve("other.campaign.json");
    for (String text :
        List.of(
            "{}", "{\"standstill-campaign\":1}", "{\"standstill-campaign\":1,\"explored\":[{}]}")) {
      Files.writeString(file, text);

      refused(() -> new ResultFolder(directory).readAll(), "other.campaign.json ");
    }
  }

  @Test
  void aFolderWithoutResultsIsRefused() {
    refused(
        () -> new ResultFolder(directory).readAll(),
        directory + " has no results: no file in it, or below it, ends with .campaign.json.");
    refused(
        () -> new ResultFolder(directory.resolve("none")).readAll(),
        "There is no folder " + directory.resolve("none"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldBeforeAnythingRuns() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    refused(
        () -> new ResultFolder(file).requireWritable(),
        "Results cannot be written to " + file,
        "What was there is as it was; name another folder, or make room.");
    refused(() -> new ResultFolder(file.resolve("below")).requireWritable(), "cannot be written");
    assertThat(file).hasContent("in the way");
  }

  @Test
  void whatCannotBeReadIsNotReplaced() throws Exception {
    ResultFolder folder = new ResultFolder(directory);
    Path file = folder.addMerged(new DrawnResults(7).next());
    Files.writeString(file, "{\"standstill-campaign\":9,\"explored\":[]}");

    refused(() -> folder.addMerged(new DrawnResults(8).next()), "is of version 9");

    assertThat(file).hasContent("{\"standstill-campaign\":9,\"explored\":[]}");
    assertThat(names()).hasSize(1);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatExceptionOfType(UnusableResultsException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).endsWith("."));
  }
}
