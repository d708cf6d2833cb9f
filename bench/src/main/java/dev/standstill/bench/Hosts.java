package dev.standstill.bench;

import dev.standstill.Task;
import dev.standstill.examples.raft.RaftClient;
import dev.standstill.examples.raft.RaftListener;
import dev.standstill.examples.raft.RaftServer;
import dev.standstill.examples.raft.Storage;
import dev.standstill.network.Chaos;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.List;

/** What hosts on the network of a test loop take. */
final class Hosts {

  private static final String HEAP = "-Xmx2g";
  private static final int HOSTS = 1_000;
  private static final int FEW = 100;
  private static final int RUNS = 100;
  private static final List<String> NODES = List.of("a", "b", "c");

  /** What is measured. */
  enum Kind {
    /** A host is added, and its program begins. */
    ADD,
    /** The heap that a host takes whose program waits. */
    HEAP,
    /** Three nodes of the example under half a minute of chaos. */
    RAFT
  }

  private Hosts() {}

  static Measurement of(Kind kind) {
    return (contestant, effort) -> OwnJvm.measure(contestant, Hosts.class, HEAP, kind);
  }

  /** Prints nanoseconds for each, or bytes of heap. */
  static void main(String[] args) throws Exception {
    System.out.println(
        switch (Kind.valueOf(args[1])) {
          case ADD -> add();
          case HEAP -> heap();
          case RAFT -> raft();
        });
  }

  private static double add() {
    addAndClose(FEW);
    return addAndClose(HOSTS) / HOSTS;
  }

  private static double addAndClose(int count) {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      long before = System.nanoTime();
      add(loop, 0, count);
      return System.nanoTime() - before;
    }
  }

  private static void add(TestLoop loop, int from, int to) {
    Network net = Network.of(loop);
    for (int i = from; i < to; i++) {
      Host unused = net.host("host" + i, () -> Thread.sleep(Duration.ofDays(1)));
    }
    loop.runUntilBlocked();
  }

  private static double heap() {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      add(loop, 0, FEW); // else what is there once counts
      long before = usedHeap();
      add(loop, FEW, FEW + HOSTS);
      return (double) (usedHeap() - before) / HOSTS;
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double raft() throws Exception {
    run(RUNS);
    long before = System.nanoTime();
    run(RUNS);
    return (double) (System.nanoTime() - before) / RUNS;
  }

  private static void run(int seeds) throws Exception {
    for (int seed = 0; seed < seeds; seed++) {
      TestLoop.Builder settings =
          TestLoop.builder().seed(seed).network(Duration.ofMillis(1), Duration.ofMillis(20));
      try (TestLoop loop = settings.open()) {
        Network net = Network.of(loop);
        net.shareClasses("io.netty.", "dev.standstill.examples.raft.", "dev.standstill.bench.");
        for (String name : NODES) {
          Host unused = net.host(name, () -> RaftServer.run(name, NODES, storage(), new Deaf()));
        }
        loop.run(() -> write(loop, net));
      }
    }
  }

  private static Storage storage() throws Exception {
    return new Storage(Host.current().orElseThrow().folder());
  }

  private static int write(TestLoop loop, Network net) throws InterruptedException {
    Task<?> client =
        loop.background()
            .spawn(
                "client",
                () -> {
                  RaftClient raft = new RaftClient(NODES);
                  while (true) {
                    raft.propose("word");
                    Thread.sleep(500);
                  }
                });
    try (Chaos _ = net.chaos()) {
      Thread.sleep(Duration.ofSeconds(30));
    }
    client.cancel(true);
    return new RaftClient(NODES).propose("last");
  }

  /** Whoever measures does not look. */
  private static final class Deaf implements RaftListener {

    @Override
    public void leads(String node, long term) {}

    @Override
    public void committed(String node, int index, long term, String command) {}
  }
}
