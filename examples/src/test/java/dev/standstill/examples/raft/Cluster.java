package dev.standstill.examples.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import dev.standstill.network.Chaos;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.Property;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Three nodes on the network of a loop. */
final class Cluster {

  static final List<String> NAMES = List.of("a", "b", "c");

  private final TestLoop loop;
  private final Network net;
  private final Witness witness = new Witness();

  // tag::start[]
  /** Starts them, with the storage that they should have or with one that forgets. */
  Cluster(TestLoop loop, Network net, boolean isForgetful) {
    this.loop = loop;
    this.net = net;
    net.shareClasses("io.netty.", "dev.standstill.examples.raft.");
    Witness seen = witness;
    for (String name : NAMES) {
      Host unused = net.host(name, () -> RaftServer.run(name, NAMES, storage(isForgetful), seen));
    }
  }

  private static Storage storage(boolean isForgetful) throws IOException {
    Path folder = Host.current().orElseThrow().folder();
    return isForgetful ? new ForgetfulStorage(folder) : new Storage(folder);
  }

  // end::start[]

  Witness witness() {
    return witness;
  }

  Host host(String name) {
    return net.hosts().get(NAMES.indexOf(name));
  }

  // tag::chaos[]
  /** Lets everything go wrong for half a minute while a client writes. */
  void survivesChaos() throws InterruptedException {
    Map<Integer, String> confirmed = new HashMap<>();
    try (var _ = Property.always(loop, "a term has one leader", witness::hasOneLeaderATerm);
        var _ = Property.always(loop, "what is committed stays", witness::hasOneLog)) {
      Task<?> client = loop.background().spawn("client", () -> write(confirmed));
      try (Chaos _ = net.chaos()) {
        Thread.sleep(Duration.ofSeconds(30));
      }
      client.cancel(true);
      int last = new RaftClient(NAMES).propose("last");
      Property.inTheEnd(
          loop, "all nodes have all", Duration.ofMinutes(1), () -> witness.allHave(last));
    }
    assertThat(witness.commands()).containsAllEntriesOf(confirmed);
    Property.sometimes(loop, "another leader was elected", witness.leaders().size() > 1);
  }

  private static void write(Map<Integer, String> confirmed) throws InterruptedException {
    RaftClient client = new RaftClient(NAMES);
    for (int i = 0; ; i++) {
      String command = "word" + i;
      confirmed.put(client.propose(command), command);
      Thread.sleep(Duration.ofMillis(500));
    }
  }
  // end::chaos[]
}
