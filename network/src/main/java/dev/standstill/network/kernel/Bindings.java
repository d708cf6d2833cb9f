package dev.standstill.network.kernel;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;

/** Which socket of a host has which address. */
final class Bindings {

  private static final InetSocketAddress ANY = new InetSocketAddress(0);

  private final Node node;
  private final Ports<StreamSocket> streams = new Ports<>();
  private final Ports<DatagramSocketFile> datagrams = new Ports<>();

  Bindings(Node node) {
    this.node = node;
  }

  Ports<StreamSocket> streams() {
    return streams;
  }

  Ports<DatagramSocketFile> datagrams() {
    return datagrams;
  }

  void bind(OpenFile file, SocketAddress address, SocketOptions options) throws IOException {
    if (address instanceof InetSocketAddress internet && !node.has(internet.getAddress())) {
      throw new BindException("Cannot assign requested address: " + internet);
    }
    switch (file) {
      case DatagramSocketFile datagram -> {
        boolean shared = options.isSet(SocketOptions.REUSE_ADDRESS);
        datagram.bind((InetSocketAddress) datagrams.bind(datagram, address, shared));
      }
      case StreamSocket stream -> {
        boolean shared = options.isSet(SocketOptions.REUSE_PORT);
        if (address instanceof UnixDomainSocketAddress unix) {
          UnixPaths.bind(unix);
          shared = true; // with one whose file is deleted
        }
        stream.bind(streams.bind(stream, address, shared));
      }
      default -> throw new SocketException("Operation not supported by " + file.describe());
    }
  }

  /** Binds a socket that is about to listen, if it is not bound. */
  void bindToListen(StreamSocket stream, SocketOptions options) throws IOException {
    if (stream.local() == null) {
      bind(stream, ANY, options);
    }
  }

  /** Binds a socket that is about to connect, so that others can tell its address. */
  void bindToSend(StreamSocket stream, InetSocketAddress target, SocketOptions options)
      throws IOException {
    SocketAddress local = stream.local();
    if (local == null) {
      bind(stream, new InetSocketAddress(node.source(target.getAddress()), 0), options);
    } else if (local instanceof InetSocketAddress internet) {
      stream.bind(node.source(internet, target));
    }
  }

  /** Binds a socket that is about to send, if it is not bound. */
  void bindToSend(DatagramSocketFile datagram, SocketOptions options) throws IOException {
    if (datagram.local() == null) {
      bind(datagram, ANY, options);
    }
  }

  /** Takes back the address of a file that is closed. */
  void release(OpenFile file) {
    if (file instanceof StreamSocket stream) {
      streams.release(stream, stream.local());
    } else if (file instanceof DatagramSocketFile datagram) {
      datagrams.release(datagram, datagram.local());
    }
  }
}
