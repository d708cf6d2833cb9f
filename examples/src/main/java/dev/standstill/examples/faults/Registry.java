package dev.standstill.examples.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Says who leads, for a while, and keeps what leaders write. */
public final class Registry {

  public static final int PORT = 7200;
  public static final Duration LEASE = Duration.ofSeconds(10);

  private final Collection<String> written;
  private final boolean checksTokens;
  private String holder = "";
  private Instant until = Instant.MIN;
  private long token;

  private Registry(Collection<String> written, boolean checksTokens) {
    this.written = written;
    this.checksTokens = checksTokens;
  }

  /** Answers a line at a time. */
  public static void serve(Collection<String> written, boolean checksTokens) throws IOException {
    Registry registry = new Registry(written, checksTokens);
    try (ServerSocket server = new ServerSocket(PORT)) {
      while (true) {
        try (Socket client = server.accept()) {
          String[] words = lines(client).readLine().split(" ", -1);
          client
              .getOutputStream()
              .write((registry.answer(words) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  // tag::registry[]
  private String answer(String[] words) {
    return words[0].equals("lease")
        ? Long.toString(lease(words[1]))
        : write(words[1], Long.parseLong(words[2]));
  }

  /** The number of the lease; 0 if somebody else has one. */
  private long lease(String node) {
    if (!node.equals(holder) && Instant.now().isBefore(until)) {
      return 0;
    }
    holder = node;
    until = Instant.now().plus(LEASE);
    return ++token;
  }

  private String write(String node, long lease) {
    if (checksTokens && lease < token) {
      return "too old";
    }
    written.add("%s with lease %d".formatted(node, lease));
    return "written";
  }

  // end::registry[]

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Asks one at a host. */
  static String ask(String host, String line) throws IOException {
    try (Socket registry = new Socket(host, PORT)) {
      registry.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return lines(registry).readLine();
    }
  }
}
