package dev.standstill.examples.raft;

import dev.standstill.network.Network;
import dev.standstill.test.BrokenPropertyException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What has become of nodes that forget their ballots, under chaos.
 *
 * @param failure empty if all went well
 * @param leaders by term
 * @param token repeats the run
 */
record ForgetfulRun(String failure, Map<Long, Set<String>> leaders, String token) {

  // tag::run[]
  /** Runs them once. */
  static ForgetfulRun of(TestLoop.Builder schedule) throws Exception {
    schedule.network(Duration.ofMillis(1), Duration.ofMillis(20));
    try (TestLoop loop = schedule.open()) {
      Cluster cluster = new Cluster(loop, Network.of(loop), true);
      String failure = "";
      try {
        loop.run(() -> {
          cluster.survivesChaos();
          return null;
        });
      } catch (BrokenPropertyException e) {
        failure = e.getMessage();
      }
      return new ForgetfulRun(failure, cluster.witness().leaders(), loop.replayToken().toString());
    }
  }

  // end::run[]

  /** Repeats the run of a token, and prints what has become of it. */
  public static void main(String[] token) throws Exception {
    System.out.println(of(TestLoop.builder().replay(token[0])));
  }
}
