package dev.standstill.examples.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.examples.ProgramRun;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.explore.SearchStrategy;
import dev.standstill.junit.LoopTest;
import dev.standstill.network.Network;
import dev.standstill.test.Property;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RaftTest {

  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

  private static Duration since(Instant before) {
    return Duration.between(before, Instant.now());
  }

  // tag::replicates[]
  @LoopTest(network = true)
  void whatIsCommittedIsOnAllNodes(TestLoop loop, Network net) throws Exception {
    net.latency(Duration.ofMillis(10));
    Cluster cluster = new Cluster(loop, net, false);
    Witness witness = cluster.witness();
    Instant started = Instant.now();

    int index = new RaftClient(Cluster.NAMES).propose("hello");
    assertThat(since(started)).isEqualTo(Duration.ofMillis(1_180));
    assertThat(witness.leaders()).isEqualTo(Map.of(1L, Set.of("c")));

    Property.inTheEnd(loop, "all have it", ONE_MINUTE, () -> witness.allHave(index));
    assertThat(witness.commands()).isEqualTo(Map.of(1, "-", 2, "hello"));
  }

  // end::replicates[]

  @LoopTest(network = true)
  void anotherNodeLeadsWhenTheLeaderHasCrashed(TestLoop loop, Network net) throws Exception {
    net.latency(Duration.ofMillis(10));
    Cluster cluster = new Cluster(loop, net, false);
    Witness witness = cluster.witness();
    RaftClient client = new RaftClient(Cluster.NAMES);
    client.propose("hello");

    // tag::crash[]
    cluster.host("c").crash();
    Instant crashed = Instant.now();
    int index = client.propose("world");
    assertThat(since(crashed)).isEqualTo(Duration.ofMillis(1_620));
    assertThat(witness.leaders()).isEqualTo(Map.of(1L, Set.of("c"), 2L, Set.of("b")));

    cluster.host("c").restart();
    Instant restarted = Instant.now();
    Property.inTheEnd(loop, "all have it", ONE_MINUTE, () -> witness.allHave(index));
    assertThat(since(restarted)).isEqualTo(Duration.ofMillis(120));
    // end::crash[]
    assertThat(witness.commands().values()).containsExactly("-", "hello", "-", "world");
  }

  // tag::chaos[]
  @LoopTest(network = true, seeds = 200)
  void losesNothingWhateverHappens(TestLoop loop, Network net) throws Exception {
    net.latency(Duration.ofMillis(1), Duration.ofMillis(20));
    new Cluster(loop, net, false).survivesChaos();
  }

  // end::chaos[]

  @Tag("slow")
  @LoopTest(network = true, seeds = 10_000)
  void losesNothingInManyRuns(TestLoop loop, Network net) throws Exception {
    losesNothingWhateverHappens(loop, net);
  }

  // tag::found[]
  @Test
  void nodesThatForgetTheirBallotsAreFoundByFewerThanAHundredSeeds() throws Exception {
    long seed = 0;
    ForgetfulRun run = ForgetfulRun.of(TestLoop.builder().seed(seed));
    while (run.failure().isEmpty() && seed < 99) {
      seed++;
      run = ForgetfulRun.of(TestLoop.builder().seed(seed));
    }
    assertThat(run.failure()).contains("\"a term has one leader\" does not hold");
    assertThat(run.leaders().values()).anyMatch(leaders -> leaders.size() == 2);

    ProgramRun again = ProgramRun.java(ForgetfulRun.class, run.token()); // in a JVM of its own
    assertThat(again.out().strip()).as(again.err()).isEqualTo(run.toString());
  }

  // end::found[]

  /** Of some hundreds of things that happened, and as many switches. */
  @Test
  @Tag("slow")
  void theScheduleThatIsFoundByExploringIsShrunk() {
    Exploration exploration =
        Exploration.of(loop -> new Cluster(loop, Network.of(loop), true).survivesChaos())
            .settings(settings -> settings.network(Duration.ofMillis(1), Duration.ofMillis(20)))
            .strategy(SearchStrategy.RANDOM)
            .exclude("dev.standstill.examples.*") // each node has one thread
            .schedules(100)
            .ignoreRaces()
            .shrinkFor(Duration.ofMinutes(3));
    ScheduleFailure failure = exploration.run().failure().orElseThrow();
    assertThat(failure.report()).contains(", shrunk from ");
    assertThat(failure.switches()).as(failure.report()).isLessThan(10);
    assertThat(failure.happenings()).as(failure.report()).isLessThan(50);
    ScheduleFailure again = exploration.replay(failure.token().toString()).failure().orElseThrow();
    assertThat(again.happenings()).isEqualTo(failure.happenings());
    assertThat(firstLine(again)).isEqualTo(firstLine(failure));
  }

  /** Which property is broken, when and by whom; below that are lines of this class. */
  private static String firstLine(ScheduleFailure failure) {
    return String.valueOf(failure.getCause()).lines().findFirst().orElseThrow();
  }
}
