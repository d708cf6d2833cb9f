package dev.standstill.notebook.kernel;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The directory in which Jupyter finds a kernel: {@code kernel.json}, which says how to start it,
 * and here also the jars it runs on, so that it outlives the build it came from.
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/kernels.html">Kernel specs</a>
 */
final class KernelSpecification {

  private static final String AGENT = "standstill-agent.jar";

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Path directory;

  /**
   * @param data a directory in which Jupyter looks for data
   */
  KernelSpecification(Path data) {
    directory = data.resolve("kernels").resolve("standstill");
  }

  /**
   * Where Jupyter looks for the data of the user who runs this (jupyter_core, {@code paths.py}).
   */
  static Path dataOfUser() {
    String set = System.getenv("JUPYTER_DATA_DIR");
    if (set != null && !set.isEmpty()) {
      return Path.of(set);
    }
    Path home = Path.of(System.getProperty("user.home"));
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Mac")) {
      return home.resolve("Library/Jupyter");
    }
    if (system.startsWith("Windows")) {
      return Path.of(System.getenv().getOrDefault("APPDATA", home.toString()), "jupyter");
    }
    String shared = System.getenv("XDG_DATA_HOME");
    return (shared == null || shared.isEmpty() ? home.resolve(".local/share") : Path.of(shared))
        .resolve("jupyter");
  }

  /**
   * Writes the directory, in place of one that is there.
   *
   * @param classPath the jars that the kernel runs on
   * @return the directory
   */
  Path install(List<Path> classPath) throws IOException {
    Path lib = Files.createDirectories(directory.resolve("lib")).toAbsolutePath();
    delete(jarsIn(lib));
    for (Path jar : classPath) {
      Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    StartupCache cache = new StartupCache(lib);
    cache.make(JAVA, jarsIn(lib));
    Files.writeString(directory.resolve("kernel.json"), json(lib, jarsIn(lib), cache));
    return directory;
  }

  private static List<Path> jarsIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /** The agent is loaded with the JVM: a kernel that attached it later would print a warning. */
  private static String json(Path lib, List<Path> jars, StartupCache cache) {
    List<String> command = new ArrayList<>(List.of(JAVA, "-javaagent:" + lib.resolve(AGENT)));
    if (cache.isThere()) {
      command.add(cache.flag());
    }
    command.addAll(
        List.of("-cp", StartupCache.join(jars), Main.class.getName(), "{connection_file}"));
    Map<String, Object> specification = new LinkedHashMap<>();
    specification.put("argv", command);
    specification.put("display_name", "Java (Standstill)");
    specification.put("language", "java");
    specification.put("interrupt_mode", "message");
    return new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create()
            .toJson(specification)
        + "\n";
  }
}
