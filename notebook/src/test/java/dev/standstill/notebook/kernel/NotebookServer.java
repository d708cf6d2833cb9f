package dev.standstill.notebook.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Jupyter's own server, with our kernel from the class path of the tests. */
final class NotebookServer implements AutoCloseable {

  private static final String COMMAND = "jupyter-notebook";
  private static final String TOKEN = "of-a-test";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Child server;
  private final int port;

  private NotebookServer(Child server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Whether the machine has one; {@code -Djupyter=required} says that it must. */
  static boolean isThere() {
    return "required".equals(System.getProperty("jupyter"))
        || Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
  }

  /**
   * Starts one, with the limits on what a kernel may say that it has by default.
   *
   * @param directory an empty one, for all that it writes
   */
  static NotebookServer start(Path directory) throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    writeSpecification(Files.createDirectories(data.resolve("kernels/standstill")));
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            COMMAND,
            "--no-browser",
            "--allow-root",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--notebook-dir=" + directory);
    builder.environment().putAll(environment(directory, data));
    builder.redirectErrorStream(true);
    Child server = Child.start(builder);
    String address = "http://127.0.0.1:%d/".formatted(port);
    while (!server.readLine().contains(address)) {
      // Until it says that it listens.
    }
    return new NotebookServer(server, port);
  }

  private static Map<String, String> environment(Path directory, Path data) {
    return Map.of(
        "JUPYTER_TOKEN", TOKEN,
        "JUPYTER_DATA_DIR", data.toString(),
        "JUPYTER_RUNTIME_DIR", directory.resolve("runtime").toString(),
        "JUPYTER_CONFIG_DIR", directory.resolve("config").toString(),
        "PYTHONUNBUFFERED", "1");
  }

  private static void writeSpecification(Path directory) throws IOException {
    List<String> command = Jvm.of(List.of(Jvm.agent()), Main.class, "{connection_file}").command();
    Files.writeString(
        directory.resolve("kernel.json"),
        Json.of(
            Map.of(
                "argv", command,
                "display_name", "Java (Standstill)",
                "language", "java",
                "interrupt_mode", "message")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts a kernel, as a browser does that opens a notebook. */
  RemoteKernel startKernel() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/kernels".formatted(port)))
            .header("Authorization", "token " + TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(Json.of(Map.of("name", "standstill"))))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    JsonObject kernel = JsonParser.parseString(response.body()).getAsJsonObject();
    URI channels =
        URI.create(
            "ws://127.0.0.1:%d/api/kernels/%s/channels?session_id=test"
                .formatted(port, kernel.get("id").getAsString()));
    return RemoteKernel.connect(
        client.newWebSocketBuilder().header("Authorization", "token " + TOKEN), channels);
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    server.close();
  }
}
