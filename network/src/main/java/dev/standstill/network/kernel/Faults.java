package dev.standstill.network.kernel;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What becomes of sockets when a link opens, and when a process or a machine fails. */
final class Faults {

  private final FileTable files;
  private final Handshakes handshakes;

  /** Ends of connections whose machine has stopped, as long as the other ends do not know. */
  private final List<Connection> vanished = new ArrayList<>();

  Faults(FileTable files, Handshakes handshakes) {
    this.files = files;
    this.handshakes = handshakes;
  }

  /** Links have opened. */
  void reopen(List<Reopening> reopenings) {
    for (Reopening reopening : reopenings) {
      handshakes.reopens(reopening);
      files.all().forEach(file -> file.reopens(reopening));
    }
    files.all().forEach(OpenFile::reopened);
    for (Reopening reopening : reopenings) { // when what is answered to them gets through
      vanished.removeIf(end -> end.isMet(reopening));
    }
  }

  /** Ends connections with an RST at both ends: those with an end at a port. */
  void reset(IntPredicate ports) {
    for (OpenFile file : files.all()) {
      if (file instanceof StreamSocket stream
          && stream.connection() != null
          && (hasPort(stream.local(), ports) || hasPort(stream.remote(), ports))) {
        stream.connection().reset();
      }
    }
  }

  /** The same of those with an end at a host. */
  void reset(Node node) {
    for (OpenFile file : files.of(node)) {
      if (file instanceof StreamSocket stream && stream.connection() != null) {
        stream.connection().reset();
      }
    }
  }

  private static boolean hasPort(@Nullable SocketAddress address, IntPredicate ports) {
    return address instanceof InetSocketAddress internet && ports.test(internet.getPort());
  }

  /** The operating system ends what a process that was killed has left open. */
  void processEnds(Node node) {
    endFiles(
        node,
        file -> {
          if (file instanceof StreamSocket stream) {
            stream.abort();
          } else {
            file.close();
          }
        });
  }

  /** The operating system closes what a process has left open. */
  void processExits(Node node) {
    endFiles(node, OpenFile::close);
  }

  private void endFiles(Node node, Consumer<OpenFile> how) {
    for (OpenFile file : files.of(node)) {
      files.remove(file);
      if (!file.isClosed()) {
        how.accept(file);
      }
    }
  }

  /** All that a machine had open is gone, and nobody is told. */
  void machineStops(Node node) {
    List<OpenFile> gone = files.of(node);
    gone.forEach(files::remove);
    gone.forEach(OpenFile::vanish);
    for (OpenFile file : gone) {
      Connection end = file instanceof StreamSocket stream ? stream.connection() : null;
      if (end != null && end.peer().node() != node && !end.peer().isClosed()) {
        isLeft(end, end.peer());
      }
    }
  }

  /** One end of a connection has vanished, the other has not. */
  private void isLeft(Connection end, StreamSocket peer) {
    Attempt attempt = peer.attempt();
    if (peer.isComplete()) {
      end.other().isLeft();
      vanished.add(end);
    } else if (attempt != null) {
      peer.isLeft();
      handshakes.asksAgain(peer, attempt);
    } else {
      files.remove(peer);
      StreamSocket listening =
          peer.local() == null ? null : peer.node().bindings().streams().at(peer.local());
      if (listening != null) {
        listening.forget(peer);
      }
    }
    peer.changed();
  }
}
