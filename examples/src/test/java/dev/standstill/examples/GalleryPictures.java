package dev.standstill.examples;

import dev.standstill.children.Browser;
import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the pictures of docs/gallery.md anew. Run it in the module's directory, with the class path
 * of its tests.
 */
final class GalleryPictures {

  private static final Path DOCS = Path.of("../docs");
  private static final Path PAGE = Path.of("target", "gallery.html");

  /** Two hosts and a link that is cut, written by hand. */
  private static final String PARTITION = "src/test/resources/partition.jsonl";

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
    standstill("timeline", "--out=" + PAGE, PARTITION);
    picture("partition", "slice=7", 1280, 560, false);
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
