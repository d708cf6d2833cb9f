package dev.standstill.examples;

import dev.standstill.children.Browser;
import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.cli.Main;
import dev.standstill.examples.faults.PriceClient;
import dev.standstill.examples.faults.PriceServer;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.network.Outage;
import dev.standstill.test.TestLoop;
import dev.standstill.timeline.Timeline;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Takes the pictures of docs/gallery.md anew. Run it in the module's directory, with the class path
 * of its tests.
 */
final class GalleryPictures {

  private static final Path DOCS = Path.of("../docs");
  private static final Path PAGE = Path.of("target", "gallery.html");

  private GalleryPictures() {}

  /** Takes all of them. */
  public static void main(String[] args) throws Exception {
    run("run", "Payments");
    picture("retry", "time", 1280, 480, false);
    run("run", "DiningPhilosophers");
    picture("philosophers", "", 1280, 600, false);
    run("explore", "ConnectionPool");
    picture("lost-update", "slice=4", 1280, 620, false);
    run("run", "ProducerConsumer");
    picture("producer-consumer", "slice=14", 400, 860, true);
    run("run", "PriceWatch", "--until=1d");
    picture("pool", "slice=10", 1280, 560, true);
    partition();
    picture("partition", "slice=16", 1280, 560, false);
  }

  /** A client asks for a price, is cut off from the server for a while, and asks on. */
  private static void partition() throws Exception {
    Duration delay = Duration.ofMillis(10);
    TestLoop.Builder settings =
        TestLoop.builder().name("two hosts").network(delay, delay).traceWithStacks();
    try (TestLoop loop = settings.open()) {
      Network net = Network.of(loop);
      AtomicInteger requests = new AtomicInteger();
      Host server = net.host("server", () -> PriceServer.serve(requests));
      Host client = net.host("client", () -> askTwice());
      loop.run(() -> {
        Thread.sleep(1_100);
        try (Outage _ = net.partition(client, server)) {
          Thread.sleep(2_300);
        }
        Thread.sleep(10_000);
      });
      Timeline.of(loop.trace()).withSources(List.of(Path.of("src/main/java"))).write(PAGE);
    }
  }

  private static void askTwice() throws Exception {
    Thread.sleep(1_000);
    try (Socket connection = new Socket("server", PriceServer.PORT)) {
      int first = PriceClient.ask(connection);
      Thread.sleep(1_000);
      if (PriceClient.ask(connection) != first) {
        throw new IllegalStateException("The price is another one.");
      }
    }
  }

  private static void run(String command, String program, String... options) throws Exception {
    Stream<String> last =
        Stream.of("--timeline=" + PAGE, ProgramRun.SOURCES.resolve(program + ".java").toString());
    standstill(
        Stream.of(Stream.of(command), Stream.of(options), last)
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private static void standstill(String... words) throws Exception {
    Child.run(Jvm.of(List.of(Jvm.agent()), Main.class, words));
  }

  private static void picture(String name, String place, int width, int height, boolean dark)
      throws Exception {
    try (Browser browser = Browser.open(PAGE.toAbsolutePath(), width, height, dark)) {
      browser.goTo(place);
      Files.write(DOCS.resolve("timeline-" + name + ".png"), browser.picture());
    }
  }
}
