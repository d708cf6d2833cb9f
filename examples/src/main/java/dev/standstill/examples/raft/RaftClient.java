package dev.standstill.examples.raft;

import dev.standstill.examples.raft.Message.Committed;
import dev.standstill.examples.raft.Message.Elsewhere;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks nodes, one after the other, until one of them has done what it is asked for. */
public final class RaftClient {

  private static final int PATIENCE_MILLIS = 2_000;
  private static final long PAUSE_MILLIS = 100;

  private final List<String> hosts;
  private String leader;

  public RaftClient(List<String> hosts) {
    this.hosts = hosts;
    this.leader = hosts.getFirst();
  }

  /**
   * Adds a word to the log. Where an answer is lost it may be there twice.
   *
   * @return its index
   */
  public int propose(String command) throws InterruptedException {
    while (true) {
      try {
        switch (ask(new Message.Propose(command))) {
          case Committed committed -> {
            return committed.index();
          }
          case Elsewhere elsewhere when hosts.contains(elsewhere.leader()) ->
              leader = elsewhere.leader();
          default -> tryNext();
        }
      } catch (IOException e) {
        tryNext();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void tryNext() {
    leader = hosts.get((hosts.indexOf(leader) + 1) % hosts.size());
  }

  private Message ask(Message message) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(leader, Connections.PORT), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      if (line == null) {
        throw new EOFException("No answer from " + leader);
      }
      return Message.of(line);
    }
  }
}
