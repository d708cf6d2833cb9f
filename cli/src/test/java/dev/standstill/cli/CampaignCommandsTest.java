package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns: explore --out and merge. */
class CampaignCommandsTest {

  /** Fails in three ways, one of which is met in few schedules. */
  private static final String SHOP =
      """
      import java.util.concurrent.atomic.AtomicInteger;

      static final AtomicInteger stock = new AtomicInteger(1);
      static volatile int sold;
      static volatile int step;

      static void buy() {
        if (stock.get() > 0 && stock.decrementAndGet() < 0) {
          throw new IllegalStateException("sold what is not there");
        }
        sold = sold + 1;
      }

      static void look() {
        int first = step;
        int second = step;
        if (first == 2 && second == 4) {
          throw new IllegalArgumentException("seen " + first + " and " + second);
        }
      }

      void main() throws Exception {
        Thread one = Thread.startVirtualThread(() -> buy());
        Thread other = Thread.startVirtualThread(() -> buy());
        Thread looker = Thread.startVirtualThread(() -> look());
        step = 1;
        step = 2;
        step = 3;
        step = 4;
        one.join();
        other.join();
        looker.join();
        if (sold != 2) {
          throw new IllegalStateException("lost a sale");
        }
      }
      """;

  private static final String MENDED = "void main() { Thread.startVirtualThread(() -> {}); }";

  private static final Pattern KIND = Pattern.compile("(?m)^  (java\\.\\S+ at \\S+)$");
  private static final Pattern REPETITION = Pattern.compile("standstill replay (\\S+) ");

  @TempDir Path directory;

  private Path program;

  @BeforeEach
  void writeProgram() throws IOException {
    program = Files.writeString(directory.resolve("Shop.java"), SHOP);
  }

  @Test
  void shardsThatRunAtOnceFindWhatOneRunDoes() throws Exception {
    List<String> whole = kinds(merged(campaign(1)));
    assertThat(whole).hasSize(3);

    assertThat(kinds(merged(campaign(2)))).isEqualTo(whole);
    assertThat(kinds(merged(campaign(4)))).isEqualTo(whole);
  }

  /** Each shard is a process. */
  private Path campaign(int shards) throws Exception {
    Path out = directory.resolve("of" + shards);
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (int index = 1; index <= shards; index++) {
        List<Object> command = explore(out, index + "/" + shards);
        Callable<Outcome> shard = () -> Launched.run(directory, command.toArray());
        running.add(starters.submit(shard));
      }
      for (Future<Outcome> shard : running) {
        assertThat(shard.get().err()).isEmpty();
      }
    }
    return out;
  }

  private List<Object> explore(Path out, String shard) {
    return List.of(
        "explore", "--out", out, "--shard", shard, "--rounds", 4, "--schedules", 500, "Shop.java");
  }

  private static String merged(Path out) {
    Outcome merged = Outcome.of("merge", out);
    assertThat(merged.err()).isEmpty();
    assertThat(merged.exitCode()).isEqualTo(1);
    assertThat(out.resolve("merged.campaign.json")).exists();
    assertThat(out.resolve("campaign.html")).exists();
    return merged.out();
  }

  private static List<String> kinds(String text) {
    return KIND.matcher(text).results().map(found -> found.group(1)).sorted().toList();
  }

  @Test
  void whatWasMergedIsRepeatedInAFreshJvmAndKeptForBuilds() throws Exception {
    Path out = directory.resolve("results");
    Path kept = directory.resolve("kept");
    Launched.run(directory, explore(out, "1/1").toArray());

    String text = merged(out);
    Matcher repetition = REPETITION.matcher(text);
    int repeated = 0;
    while (repetition.find()) {
      Outcome again = Launched.run(directory, "replay", repetition.group(1), "Shop.java");
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.out()).startsWith("1 schedule: it fails.");
      repeated++;
    }
    assertThat(repeated).isEqualTo(3);

    assertThat(Outcome.of("merge", out, "--failures", kept).exitCode()).isEqualTo(1);
    Outcome build = Launched.run(directory, "explore", "--failures", kept, "Shop.java");
    assertThat(build.out()).startsWith("A kept failure fails again.");
  }

  @Test
  void whatIsNewAndWhatIsFixedIsSaid() throws Exception {
    Path before = directory.resolve("before");
    Path after = directory.resolve("after");
    Launched.run(directory, explore(before, "1/1").toArray());
    Files.writeString(program, MENDED);
    Launched.run(directory, explore(after, "1/1").toArray());

    Outcome merged = Outcome.of("merge", after, "--since", before);

    assertThat(merged.out()).contains(": 3 fixed.").contains("  fixed: java.lang.Illegal");
    assertThat(merged.exitCode()).isEqualTo(0);
  }

  @Test
  void aShardThatIsKilledLosesOnlyTheRoundItIsIn() throws Exception {
    Path out = directory.resolve("results");
    Process shard =
        Launched.in(directory, "explore", "--out", out, "--for", "1h", "--schedules", 50, program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (results(out).isEmpty()
          || !Files.readString(results(out).getFirst()).contains("Shop")) {
        assertThat(shard.isAlive()).isTrue();
        Thread.sleep(50);
      }
    } finally {
      shard.destroyForcibly();
    }
    assertThat(shard.waitFor()).isNotEqualTo(0);

    assertThat(merged(out)).contains("of 1 shard");
  }

  private static List<Path> results(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(".campaign.json")).toList();
    }
  }

  @Test
  void whatCannotBeDoneEndsWithASentence() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    Path results = Files.createDirectory(directory.resolve("results"));

    refused("There is no shard 5/4", "explore", "--out", results, "--shard", "5/4", program);
    refused("say with --out where", "explore", "--shard", "1/4", program);
    refused("one round at least", "explore", "--out", results, "--rounds", 0, program);
    refused("--out cannot go with", "explore", "--out", results, "--failures", "f", program);
    refused("Results cannot be written to " + file, "explore", "--out", file, program);
    refused("There is no folder ", "merge", directory.resolve("none"));
    refused(" has no results: ", "merge", results);
    Files.writeString(results.resolve("cut.campaign.json"), "{\"standstill-campaign\":1,\"ex");
    refused("cut.campaign.json is no JSON from letter ", "merge", results);
    Files.writeString(results.resolve("cut.campaign.json"), "{\"standstill-campaign\":7}");
    refused("cut.campaign.json is of version 7", "merge", results);
    assertThat(results(results)).hasSize(1);
  }

  private static void refused(String sentence, Object... command) {
    Outcome outcome = Outcome.of(command);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
  }
}
