package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands explore and replay. */
class ExploreCommandTest {

  private static final String OVERDRAWN =
      """
      import java.util.concurrent.atomic.AtomicInteger;

      static final AtomicInteger balance = new AtomicInteger(100);

      static void withdraw(int amount) {
        if (balance.get() >= amount) {
          balance.addAndGet(-amount);
        }
      }

      void main(String[] args) throws Exception {
        IO.println("begins with " + balance + ", given " + String.join(",", args));
        Thread one = new Thread(() -> withdraw(80), "one");
        Thread other = new Thread(() -> withdraw(80), "other");
        one.start();
        other.start();
        one.join();
        other.join();
        if (balance.get() < 0) {
          throw new IllegalStateException("overdrawn: " + balance);
        }
      }
      """;

  private static final Pattern REPETITION = Pattern.compile("standstill replay (\\S+) ");

  @TempDir Path directory;

  @Test
  void showsTheScheduleThatFailsAndWhatRepeatsIt() {
    Outcome outcome = explore(OVERDRAWN);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern("^\\d+ schedules, \\d+ distinct, in .* s .*: number \\d+ fails\\.")
        .contains(
            "java.lang.IllegalStateException: overdrawn: -60\n\tat Program.main(Program.java:")
        .contains(
            "1 switch decides: one is preempted between Program.java:6 (calls balance.get) and :7")
        .containsPattern("Program.java:6 .*balance.get\\(\\): 100")
        .containsPattern("Found in schedule \\d+ \\(\\w+\\)")
        .contains("To repeat it: ./standstill replay 2-fifo.")
        .as("what the program prints would be printed many times")
        .doesNotContain("begins with");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void repeatsItInAnotherJvmAndShowsWhatTheProgramPrints() throws Exception {
    Matcher repetition = REPETITION.matcher(explore(OVERDRAWN).out());
    assertThat(repetition.find()).isTrue();

    Child.Result again =
        Jvm.run(
            List.of(Jvm.agent()),
            Main.class,
            "replay",
            repetition.group(1),
            directory.resolve("Program.java").toString(),
            "--",
            "a",
            "b");

    assertThat(again.status()).isEqualTo(1);
    assertThat(again.out())
        .contains("begins with 100, given a,b")
        .contains("IllegalStateException: overdrawn: -60")
        .contains("1 switch decides: one is preempted")
        .containsPattern("Program.java:7 .*balance.addAndGet\\(\\): 20");
  }

  @Test
  void saysWhatHasBeenShownIfNothingFails() {
    Outcome outcome =
        explore(OVERDRAWN.replace("static void", "static synchronized void"), "--strategy=dfs");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsPattern(
            "none fails; all [\\d,]+ schedules pass\\.|none fails; all [\\d,]+ schedules with up to \\d preemptions? pass\\.");
  }

  @Test
  void aDeadlockIsShownAsWhereverOneIsFound() {
    Outcome outcome =
        explore(
            """
            void main() {
              Object fork = "fork", knife = "knife";
              new Thread(() -> eat(fork, knife), "Kant").start();
              new Thread(() -> eat(knife, fork), "Arendt").start();
            }

            static void eat(Object first, Object second) {
              synchronized (first) {
                synchronized (second) {
                  IO.println("eats");
                }
              }
            }
            """);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("Deadlock: 2 tasks wait for each other.")
        .contains("\"Kant\" is blocked on")
        .contains("Cycle:")
        .doesNotContain("java.lang.Standstill");
  }

  @Test
  void anExitWithAStatusIsAFailureAndOneWithoutIsNone() {
    String starts = "new Thread(() -> {}).start(); new Thread(() -> {}).start(); ";
    assertThat(
            explore("void main() { " + starts + "System.exit(0); }", "--schedules=20").exitCode())
        .isZero();

    Outcome outcome = explore("void main() { System.exit(4); }");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("A task called System.exit(4).");
  }

  @Test
  void whatCannotBeExploredIsRefusedInASentence() {
    assertRefused(Outcome.of("explore", directory.resolve("Missing.java")), "There is no file");
    assertRefused(explore("class Program { void start() {} }"), "has no main method");
    assertRefused(
        explore("void main() {}", "--schedules=0"), "there has to be one schedule at least");
    assertRefused(explore("void main() {}", "--for=0s"), "is no duration above 0");
    assertRefused(
        explore("void main() {}", "--common-pool=0"), "the pool has to have one worker at least");
    assertRefused(explore("void main() {}", "--parallel=0"), "there has to be one thread at least");
    assertRefused(explore("void main() {}", "--strategy=luck"), "expected one of [AUTO, ");
    assertRefused(
        Outcome.of("replay", "abc", SourceFile.write(directory, "P.java", "void main() {}")),
        "\"abc\" is no replay token");
  }

  @Test
  void severalThreadsFindWhatOneFinds() {
    String passing = OVERDRAWN.replace("balance.get() < 0", "balance.get() > 100");
    String alone = withoutTimes(explore(passing, "--schedules=2000", "--strategy=random"));

    assertThat(alone).contains("2,000 schedules").contains("none fails");
    assertThat(
            withoutTimes(explore(passing, "--schedules=2000", "--strategy=random", "--parallel=3")))
        .isEqualTo(alone);
    assertThat(withoutTimes(explore(OVERDRAWN, "--strategy=pos", "--parallel=2")))
        .contains("overdrawn: -60")
        .isEqualTo(withoutTimes(explore(OVERDRAWN, "--strategy=pos")));
  }

  private static String withoutTimes(Outcome outcome) {
    return outcome
        .out()
        .replaceFirst("in [0-9.,]+ s \\([0-9,]+ a second\\)", "")
        .replaceFirst("in [0-9,]+ ms", "");
  }

  @Test
  void waitsEndWithoutACauseIfThatIsAskedFor() {
    String source =
        """
        static boolean written;

        void main() throws Exception {
          Object page = new Object();
          Thread reader = new Thread(() -> read(page), "reader");
          reader.start();
          Thread.sleep(1_000);
          synchronized (page) {
            written = true;
            page.notifyAll();
          }
        }

        static void read(Object page) {
          synchronized (page) {
            try {
              page.wait();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            if (!written) {
              throw new IllegalStateException("read what is not written");
            }
          }
        }
        """;

    assertThat(explore(source, "--schedules=200").exitCode()).isZero();

    Outcome outcome = explore(source, "--spurious-wake-ups");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("IllegalStateException: read what is not written")
        .containsPattern("standstill replay \\S+ --spurious-wake-ups ");

    Matcher repetition = REPETITION.matcher(outcome.out());
    assertThat(repetition.find()).isTrue();
    Outcome again =
        Outcome.of(
            "replay",
            repetition.group(1),
            "--spurious-wake-ups",
            directory.resolve("Program.java"));
    assertThat(again.out()).contains("IllegalStateException: read what is not written");
  }

  private static void assertRefused(Outcome outcome, String sentence) {
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
  void controlCShowsWhatWasSeenSoFar() throws Exception {
    Path program =
        SourceFile.write(
            directory,
            "Program.java",
            """
            void main() throws Exception {
              new Thread(() -> {}).start();
              new Thread(() -> {}).start();
              if (System.setProperty("told", "yes") == null) {
                new java.io.FileOutputStream(java.io.FileDescriptor.out).write("up\\n".getBytes());
              }
            }
            """);
    String[] arguments = {
      "explore", "--failures=none", "--for=1h", "--strategy=random", program.toString()
    };
    try (Child child = Child.start(Jvm.of(List.of(Jvm.agent()), Main.class, arguments))) {
      child.readLine();
      child.signal("INT");
      Child.Result outcome = child.end();

      assertThat(outcome.status()).isEqualTo(130);
      assertThat(outcome.out())
          .containsPattern("Interrupted: .* schedules?[,:] .*none fails|Nothing was explored yet");
    }
  }

  @Test
  void anExplorationThatHadNothingToExploreIsAFailure() {
    Outcome outcome = explore("void main() { IO.println(1); }", "--schedules=20");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains(": there was nothing to explore, as there never was more than one task");
  }

  @Test
  void aFailureIsKeptInTheBuildFolderAndRunFirstUntilItPasses() throws Exception {
    Files.createDirectory(directory.resolve("target"));
    assertThat(exploreInDirectory(OVERDRAWN).out()).contains(" schedules, ");

    Child.Result again = exploreInDirectory(OVERDRAWN);

    assertThat(again.status()).isEqualTo(1);
    assertThat(again.out())
        .startsWith("A kept failure fails again.")
        .contains("java.lang.IllegalStateException: overdrawn: -60\n\tat Program.main(")
        .contains(
            "A failure that an earlier run has kept fails again: target/standstill/Program.java");

    Child.Result mended =
        exploreInDirectory(OVERDRAWN.replace("static void", "static synchronized void"));

    assertThat(mended.status()).isZero();
    assertThat(mended.out()).containsPattern("A kept failure .* is removed\\.");
    assertThat(directory.resolve("target/standstill")).isEmptyDirectory();
  }

  private Child.Result exploreInDirectory(String source) throws Exception {
    SourceFile.write(directory, "Program.java", source);
    return Child.run(
        Jvm.of(List.of(Jvm.agent()), Main.class, "explore", "--schedules=300", "Program.java")
            .directory(directory.toFile()));
  }

  @Test
  void aFolderThatIsCheckedInKeepsWhatPasses() {
    Path folder = directory.resolve("failures");
    explore(OVERDRAWN, "--failures=" + folder);
    Outcome again = explore(OVERDRAWN, "--failures=" + folder);
    assertThat(again.out()).startsWith("A kept failure fails again.");

    String forgiving = OVERDRAWN.replace("balance.get() < 0", "balance.get() > 100");
    Outcome mended = explore(forgiving, "--failures=" + folder, "--schedules=100");

    assertThat(mended.exitCode()).isZero();
    assertThat(mended.out())
        .contains("The kept failure that is checked in was run first and does not fail.");
    assertThat(folder).isDirectoryRecursivelyContaining("glob:**.failure");
  }

  @Test
  void aRepetitionSaysThatTheProgramHasChanged() {
    Matcher repetition = REPETITION.matcher(explore(OVERDRAWN).out());
    assertThat(repetition.find()).isTrue();
    String more = OVERDRAWN.replace("if (balance", "balance.addAndGet(0); if (balance");
    for (String changed : List.of(more, OVERDRAWN.replace("if (balance.get() >= amount)", ""))) {
      Path file = SourceFile.write(directory, "Changed.java", changed);

      Outcome outcome = Outcome.of("replay", repetition.group(1), file);

      assertThat(outcome.out()).contains("The program is not the one that the token was made of");
    }
    Path same = SourceFile.write(directory, "Same.java", OVERDRAWN);
    assertThat(Outcome.of("replay", repetition.group(1), same).out())
        .contains("overdrawn: -60")
        .doesNotContain("is not the one");
  }

  private Outcome explore(String source, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("explore"));
    arguments.addAll(List.of(options));
    if (Stream.of(options).noneMatch(option -> option.startsWith("--failures="))) {
      arguments.add("--failures=none"); // those of one test are no business of the next
    }
    arguments.add(SourceFile.write(directory, "Program.java", source));
    return Outcome.of(arguments.toArray());
  }
}
