package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several programs at once, each on a host of its own. */
@EnabledOnOs(OS.LINUX)
class HostsOptionTest {

  private static final String SERVER =
      """
      import java.net.*;

      void main() throws Exception {
        try (var server = new ServerSocket(7000)) {
          for (int i = 0; i < 3; i++) {
            try (var client = server.accept()) {
              client.getOutputStream().write(Numbers.next());
            }
          }
        }
      }
      """;

  private static final String NUMBERS =
      """
      class Numbers {
        static int last = 40;

        static int next() {
          return ++last;
        }
      }
      """;

  private static final String CLIENT =
      """
      void main() throws Exception {
        Thread.sleep(100);
        for (int i = 0; i < 3; i++) {
          long began = System.nanoTime();
          try (var socket = new java.net.Socket("server", 7000)) {
            int read = socket.getInputStream().read();
            IO.println(read + " after " + (System.nanoTime() - began) / 1_000_000 + " ms");
          } catch (java.io.IOException e) {
            IO.println(e.getMessage());
          }
          Thread.sleep(1_000);
        }
      }
      """;

  /** Takes it for granted that it is answered. */
  private static final String TRUSTING_CLIENT =
      """
      void main() throws Exception {
        Thread.sleep(100);
        for (int i = 0; i < 3; i++) {
          try (var socket = new java.net.Socket("server", 7000)) {
            if (socket.getInputStream().read() < 0) {
              throw new IllegalStateException("no answer");
            }
          }
          Thread.sleep(1_000);
        }
      }
      """;

  private static final Pattern TOKEN = Pattern.compile("--replay (\\S+)");
  private static final Pattern REPETITION =
      Pattern.compile("To repeat it: ./standstill replay (\\S+) (.*)");

  @TempDir Path directory;
  private String hosts = "";

  @BeforeEach
  void writePrograms() {
    SourceFile.write(directory, "Numbers.java", NUMBERS);
    Path server = SourceFile.write(directory, "Server.java", SERVER);
    Path client = SourceFile.write(directory, "Client.java", CLIENT);
    hosts = "server=%s,client=%s".formatted(server, client);
  }

  @Test
  void eachHostRunsItsProgramAndTheyFindEachOther() {
    Outcome outcome = Outcome.of("run", "--hosts", hosts, "--latency", "10ms", "--until", "10s");

    assertThat(outcome.out()).isEqualTo("41 after 40 ms\n42 after 40 ms\n43 after 40 ms\n");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("to repeat the run: --hosts server=");
  }

  @Test
  void aSeedDrawsFaultsAndATokenRepeatsThem() {
    boolean[] differs = new boolean[1];
    for (int seed = 0; seed < 10; seed++) {
      Outcome drawn =
          Outcome.of("run", "--seed", seed, "--hosts", hosts, "--chaos", "--until", "10s");
      Matcher token = TOKEN.matcher(drawn.err());
      assertThat(token.find()).as(drawn.err()).isTrue();
      Outcome again =
          Outcome.of(
              "run", "--replay", token.group(1), "--hosts", hosts, "--chaos", "--until", "10s");
      assertThat(again.out()).isEqualTo(drawn.out());
      differs[0] |= !drawn.out().equals("41 after 0 ms\n42 after 0 ms\n43 after 0 ms\n");
    }
    assertThat(differs[0]).as("a fault has been seen").isTrue();
  }

  /** Explores with a client that is not answered when there are faults. */
  private Outcome explore(String... options) {
    Path client = SourceFile.write(directory, "Trusting.java", TRUSTING_CLIENT);
    List<Object> all = new ArrayList<>(List.of("explore", "--schedules", 50, "--until", "10s"));
    all.addAll(List.of("--hosts", hosts.replaceFirst("client=.*", "client=" + client)));
    all.addAll(List.of("--strategy", "RANDOM", "--failures", "none", "--latency", "1ms..20ms"));
    all.addAll(List.of(options));
    return Outcome.of(all.toArray());
  }

  @Test
  void aServerThatWaitsForClientsUpToTheLimitIsNoDeadlock() {
    hosts = hosts.replace("Server.java", "Endless.java");
    SourceFile.write(directory, "Endless.java", SERVER.replace("i < 3", "i >= 0"));

    Outcome run = Outcome.of("run", "--hosts", hosts, "--until", "10s");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("Ended after 10 s of virtual time, as --until says.");
    Outcome explored = explore();
    assertThat(explored.exitCode()).as(explored.out()).isZero();
    assertThat(Outcome.of("run", "--hosts", hosts).exitCode()).isEqualTo(3);
  }

  @Test
  void exploringWithoutFaultsFindsNothing() {
    Outcome outcome = explore();

    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(outcome.out()).startsWith("50 schedules, ").contains("none fails");
  }

  @Test
  void exploringWithChaosFindsTheFaultThatMattersAndATokenRepeatsIt() {
    Outcome outcome = explore("--chaos");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("chaos brings ").contains(" after PT");
    Matcher repetition = REPETITION.matcher(outcome.out());
    assertThat(repetition.find()).as(outcome.out()).isTrue();
    assertThat(repetition.group(2)).startsWith("--until 10s --hosts server=").contains("--chaos");

    List<Object> again = new ArrayList<>(List.of("replay", repetition.group(1)));
    again.addAll(List.of(repetition.group(2).split(" ")));
    Outcome repeated = Outcome.of(again.toArray());
    assertThat(repeated.exitCode()).isEqualTo(1);
    assertThat(exception(repeated)).isEqualTo(exception(outcome));
  }

  private static String exception(Outcome outcome) {
    return outcome.out().lines().filter(line -> !line.isEmpty()).skip(1).findFirst().orElseThrow();
  }

  @Test
  void hostsThatAreExploredTakeNoOtherProgramEither() {
    Outcome outcome = Outcome.of("explore", "--hosts", hosts, directory.resolve("Client.java"));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("--hosts names the programs itself: leave out ");
  }

  @Test
  void chaosTakesHosts() {
    Outcome outcome = Outcome.of("run", "--chaos");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("--chaos takes hosts that it can befall: name them with --hosts.");
  }

  @Test
  void hostsTakeNoOtherProgram() {
    Outcome outcome = Outcome.of("run", "--hosts", hosts, directory.resolve("Client.java"));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("--hosts names the programs itself: leave out ");
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    Outcome outcome = Outcome.of("run", "--hosts", "a=Nowhere.java");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("There is no file Nowhere.java");
  }

  @Test
  void aNameThatCannotBeOneIsRefused() {
    Outcome outcome = Outcome.of("run", "--hosts", hosts.replace("client=", "localhost="));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("There is a host \"localhost\"");
  }
}
