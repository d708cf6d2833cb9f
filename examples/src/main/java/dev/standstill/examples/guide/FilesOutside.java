package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files are written, walked and read while the loop goes on. */
public final class FilesOutside {

  private FilesOutside() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("reports");
    Path monday = folder.resolve("monday.txt");
    try (var loop = EventLoop.open()) {
      loop.run(() -> {
        EventLoop.callOutside(() -> Files.writeString(monday, "all is well"));

        List<Path> reports =
            EventLoop.callOutside(() -> {
              try (Stream<Path> paths = Files.walk(folder)) {
                return paths.filter(Files::isRegularFile).toList();
              }
            });

        for (Path report : reports) {
          String text = EventLoop.callOutside(() -> Files.readString(report));
          System.out.println(report.getFileName() + ": " + text);
          EventLoop.callOutside(() -> Files.delete(report));
        }
      });
    }
    Files.delete(folder);
  }
  // end::code[]
}
