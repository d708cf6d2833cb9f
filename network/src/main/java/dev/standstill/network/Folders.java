package dev.standstill.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The folders of hosts, made when they are first asked for. */
final class Folders {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final Map<String, Path> byHost = new TreeMap<>();

  Path of(String host) {
    return byHost.computeIfAbsent(host, Folders::make);
  }

  private static Path make(String host) {
    try {
      return Files.createTempDirectory("standstill-" + host + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "There is no folder for host \"%s\": none can be made in %s."
              .formatted(host, System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  /** Deletes them, with all that is in them. */
  void close() {
    byHost.values().forEach(Folders::delete);
    byHost.clear();
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deleting());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The folder of a host is left: " + folder, e);
    }
  }

  /** Deletes what is in a folder before the folder. */
  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return super.postVisitDirectory(folder, failure);
    }
  }
}
