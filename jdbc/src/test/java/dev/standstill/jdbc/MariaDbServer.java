package dev.standstill.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.standstill.children.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A MariaDB server of the tests' own, in a temporary folder, which ends with this JVM. */
final class MariaDbServer {

  private static final String NOT_INSTALLED =
      "MariaDB is not installed: on Debian, apt-get install mariadb-server-core mariadb-client-core";

  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

  private static final class Started {
    private static final int PORT = start();
  }

  private MariaDbServer() {}

  /** The port on which it answers; root has no password. */
  static int port() {
    return Started.PORT;
  }

  /**
   * Skips the calling test if no MariaDB is installed; {@code -Dmariadb=required} says that it must
   * be.
   */
  static void assumeInstalled() {
    boolean installed =
        program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
    if (!installed && !"required".equals(System.getProperty("mariadb"))) {
      assumeTrue(false, NOT_INSTALLED);
    }
  }

  private static Optional<Path> program(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String required(String name) {
    return program(name)
        .map(Path::toString)
        .orElseThrow(() -> new IllegalStateException(NOT_INSTALLED));
  }

  private static int start() {
    try {
      Path folder = Files.createTempDirectory("mariadb");
      install(folder);
      int port = freePort();
      Process server = serve(folder, port);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
      awaitReady(server);
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    Child.Result result =
        Child.run(
            new ProcessBuilder(
                    required("mariadb-install-db"),
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--user=" + System.getProperty("user.name"),
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    "--skip-name-resolve")
                .redirectErrorStream(true));
    if (result.status() != 0) {
      throw new IllegalStateException(result.out());
    }
  }

  /** Nothing of it has to outlive a crash of the machine. */
  private static Process serve(Path folder, int port) throws IOException {
    return new ProcessBuilder(
            required("mariadbd"),
            "--no-defaults",
            "--datadir=" + folder.resolve("data"),
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--user=" + System.getProperty("user.name"),
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-flush-method=nosync",
            "--lower-case-table-names=1",
            "--skip-log-bin")
        .redirectErrorStream(true)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** It says so; what it says later is read by nobody and must not stop it. */
  private static void awaitReady(Process server) throws IOException {
    BufferedReader log = server.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append(System.lineSeparator());
      if (line.contains("ready for connections")) {
        Thread.ofPlatform()
            .daemon()
            .name("log of MariaDB")
            .start(() -> log.lines().forEach(_ -> {}));
        return;
      }
    }
    throw new IllegalStateException("MariaDB has ended:" + System.lineSeparator() + said);
  }

  private static void end(Process server, Path folder) {
    server.destroyForcibly();
    try {
      server.waitFor();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException | InterruptedException e) {
      System.getLogger("dev.standstill").log(System.Logger.Level.WARNING, folder + " is left", e);
    }
  }
}
