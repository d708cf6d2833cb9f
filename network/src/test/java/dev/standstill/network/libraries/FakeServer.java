package dev.standstill.network.libraries;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that speaks as much of a protocol as a test needs, to each of its clients. */
final class FakeServer implements AutoCloseable {

  /** Speaks with one client until that leaves. */
  interface Protocol {
    void speak(DataInputStream in, DataOutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Protocol protocol;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> clients = new ArrayList<>();

  FakeServer(Protocol protocol) throws IOException {
    this.protocol = protocol;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        clients.add(client);
        threads.execute(() -> speak(client));
      }
    } catch (SocketException e) {
      // The server is closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void speak(Socket client) {
    try (client) {
      protocol.speak(
          new DataInputStream(client.getInputStream()),
          new DataOutputStream(client.getOutputStream()));
    } catch (EOFException | SocketException e) {
      // The client has left.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
    threads.close();
  }
}
