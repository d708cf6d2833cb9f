package dev.standstill.notebook.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A kernel behind a server's web socket, as a browser sees it.
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging</a>
 */
final class RemoteKernel {

  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private @Nullable WebSocket socket;

  private RemoteKernel() {}

  static RemoteKernel connect(WebSocket.Builder builder, URI address) {
    RemoteKernel kernel = new RemoteKernel();
    kernel.socket = builder.buildAsync(address, kernel.new Listener()).join();
    return kernel;
  }

  /** Runs a cell, and returns all that the kernel has said of it until it was idle again. */
  Answer run(String cell) throws InterruptedException {
    return ask(
        "execute_request",
        Map.of(
            "code", cell,
            "silent", false,
            "store_history", true,
            "user_expressions", Map.of(),
            "allow_stdin", false,
            "stop_on_error", true));
  }

  /** Sends a request, and returns all that comes of it until the kernel is idle again. */
  Answer ask(String type, Map<String, Object> content) throws InterruptedException {
    String id = UUID.randomUUID().toString();
    Map<String, Object> header =
        Map.of(
            "msg_id", id,
            "username", "test",
            "session", "test",
            "msg_type", type,
            "version", "5.3",
            "date", "2026-01-01T00:00:00Z");
    Map<String, Object> message =
        Map.of(
            "header",
            header,
            "parent_header",
            Map.of(),
            "metadata",
            Map.of(),
            "channel",
            "shell",
            "content",
            content);
    java.util.Objects.requireNonNull(socket).sendText(Json.of(message), true).join();
    return answerTo(id);
  }

  private Answer answerTo(String id) throws InterruptedException {
    List<JsonObject> about = new ArrayList<>();
    boolean replied = false;
    boolean idle = false;
    while (!replied || !idle) {
      JsonObject message = messages.poll(4, TimeUnit.MINUTES);
      if (message == null) {
        throw new AssertionError("The cell did not end. The kernel has said: " + about);
      }
      if (id.equals(textAt(message, "parent_header", "msg_id"))) {
        about.add(message);
        replied |= "shell".equals(message.get("channel").getAsString());
        idle |= "idle".equals(textAt(message, "content", "execution_state"));
      }
    }
    return new Answer(about);
  }

  private static @Nullable String textAt(JsonObject message, String part, String name) {
    JsonObject found = message.getAsJsonObject(part);
    return found == null || !found.has(name) ? null : found.get(name).getAsString();
  }

  /** What a kernel has said of one request. */
  record Answer(List<JsonObject> messages) {

    /** What was printed. */
    String printed() {
      StringBuilder text = new StringBuilder();
      ofType("stream").forEach(content -> text.append(content.get("text").getAsString()));
      return text.toString();
    }

    /** The contents of the messages of a type. */
    List<JsonObject> ofType(String type) {
      return messages.stream()
          .filter(message -> type.equals(textAt(message, "header", "msg_type")))
          .map(message -> message.getAsJsonObject("content"))
          .toList();
    }

    /** The types of the messages that are about what a reader sees. */
    List<String> shown() {
      return messages.stream()
          .map(message -> String.valueOf(textAt(message, "header", "msg_type")))
          .filter(
              type -> List.of("stream", "error", "display_data", "execute_result").contains(type))
          .toList();
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder begun = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      begun.append(text);
      if (last) {
        messages.add(JsonParser.parseString(begun.toString()).getAsJsonObject());
        begun.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
