package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code standstill run} does with a program that ends. */
class RunCommandTest {

  private static final String RACE =
      """
      import java.util.concurrent.atomic.AtomicInteger;

      void main() throws Exception {
        var threads = new java.util.ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
          threads.add(Thread.ofVirtual().name("t" + i).start(() -> {
            Thread.yield();
            IO.print(Thread.currentThread().getName() + " ");
          }));
        }
        for (Thread thread : threads) thread.join();
      }
      """;

  @TempDir Path directory;

  @Test
  void anHourOfSleepTakesNoTime() {
    Outcome outcome =
        run(
            """
            public class Program {
              public static void main(String[] args) throws Exception {
                Thread nap = Thread.startVirtualThread(() -> {
                  try { Thread.sleep(3_600_000); } catch (InterruptedException e) { return; }
                  System.out.println("slept until " + java.time.Instant.now());
                });
                nap.join();
              }
            }
            """);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("slept until 2000-01-01T01:00:00Z\n");
    assertThat(outcome.err())
        .matches(
            """
            Standstill: 2 tasks, 5 slices, virtual 1 h, real [0-9]+\\.[0-9]{2} s
            Schedule: first in, first out; to repeat the run: --replay \\S+
            """);
  }

  @Test
  void programIsGivenWhatFollowsTwoDashes() {
    Path program = write("void main(String[] args) { IO.println(String.join(\"|\", args)); }");

    assertThat(Outcome.of("run", program, "--", "--seed", "x y").out()).isEqualTo("--seed|x y\n");
  }

  @Test
  void virtualTimeStartsWhenAsked() {
    Path program = write("void main() { IO.println(java.time.LocalDate.now()); }");

    assertThat(Outcome.of("run", "--start", "2026-03-28T12:00:00Z", program).out())
        .isEqualTo("2026-03-28\n");
    assertThat(Outcome.of("run", "--start", "2026-03-28", program).out()).isEqualTo("2026-03-28\n");
    assertThat(Outcome.of("run", "--start", "now", program).out())
        .startsWith(Year.now(ZoneId.systemDefault()) + "-");
  }

  @Test
  void theCommonPoolHasAsManyWorkersAsAsked() {
    Path program =
        write(
            "void main() { IO.println(java.util.concurrent.ForkJoinPool.getCommonPoolParallelism()); }");

    Outcome one = Outcome.of("run", "--common-pool", "1", program);

    assertThat(one.out()).isEqualTo("1\n");
    assertThat(one.err()).contains("to repeat the run: --common-pool 1 --replay ");
    assertThat(Outcome.of("run", program).out()).isEqualTo("3\n");
  }

  @Test
  void theSameSeedGivesTheSameOrderAndAnotherSeedAnother() {
    Path program = write(RACE);
    Outcome first = Outcome.of("run", "--seed", "1", program);

    assertThat(Outcome.of("run", "--seed", "1", program).out()).isEqualTo(first.out());
    assertThat(Outcome.of("run", "--seed", "2", program).out()).isNotEqualTo(first.out());
    assertThat(first.err()).contains("Schedule: seed 1;");
  }

  @Test
  void thePrintedTokenRepeatsTheRun() {
    Path program = write(RACE);
    Outcome first = Outcome.of("run", "--seed", "-7", program);

    Outcome replay = Outcome.of("run", "--replay", tokenIn(first), program);

    assertThat(replay.out()).isEqualTo(first.out());
    assertThat(tokenIn(replay)).isEqualTo(tokenIn(first));
  }

  @Test
  void threadsThatAreNoDaemonsRunToTheirEnd() {
    Outcome outcome =
        run(
            """
            void main() {
              new Thread(() -> {
                try { Thread.sleep(60_000); } catch (InterruptedException e) { return; }
                IO.println("later");
              }).start();
              IO.println("main ends");
            }
            """);

    assertThat(outcome.out()).isEqualTo("main ends\nlater\n");
    assertThat(outcome.err()).startsWith("Standstill: 2 tasks, ").contains("virtual 1 min,");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void daemonsAndVirtualThreadsAreLeftBehindAsByTheJvm() {
    Outcome outcome =
        run(
            """
            void main() {
              Thread daemon = new Thread(this::tick, "daemon");
              daemon.setDaemon(true);
              daemon.start();
              Thread.ofVirtual().name("virtual").start(this::tick);
            }

            void tick() {
              while (true) {
                try { Thread.sleep(1_000); } catch (InterruptedException e) { IO.println("interrupted"); }
              }
            }
            """);

    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith(
            "Left behind, as a JVM leaves daemons and virtual threads: [daemon, virtual]\n");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void mainRunsOnThreadLikeThatOfAnyJvm() {
    Outcome outcome =
        run(
            """
            void main() {
              Thread self = Thread.currentThread();
              IO.println(self.getName() + " " + self.isVirtual() + " " + self.isDaemon());
              IO.println(self.getThreadGroup().getName());
            }
            """);

    assertThat(outcome.out()).isEqualTo("main false false\nmain\n");
  }

  @Test
  void inRealTimeTheClockIsReal() {
    Path program =
        write("void main() { IO.println(java.time.Year.now().isAfter(java.time.Year.of(2020))); }");

    Outcome outcome = Outcome.of("run", "--real-time", program);

    assertThat(outcome.out()).isEqualTo("true\n");
    assertThat(outcome.err()).matches("Standstill: real [0-9.]+ s; no seed .*\n");
    assertThat(outcome.exitCode()).isZero();
  }

  private Outcome run(String source) {
    return Outcome.of("run", write(source));
  }

  private Path write(String source) {
    return SourceFile.write(directory, "Program.java", source);
  }

  private static String tokenIn(Outcome outcome) {
    Matcher matcher = Pattern.compile("--replay (\\S+)").matcher(outcome.err());
    assertThat(matcher.find()).as(outcome.err()).isTrue();
    return matcher.group(1);
  }
}
