package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One end of a pipe, through which bytes go at once. */
final class PipeEnd extends OpenFile {

  private final Flow flow;
  private final boolean reads;
  private PipeEnd other;

  private PipeEnd(Node node, int number, Flow flow, boolean reads) {
    super(node, number);
    this.flow = flow;
    this.reads = reads;
    this.other = this;
  }

  /** Makes both ends; the other is {@link #other}. */
  static PipeEnd open(Node node, int reads, int writes) {
    Flow flow = new Flow(node.buffers());
    PipeEnd reader = new PipeEnd(node, reads, flow, true);
    PipeEnd writer = new PipeEnd(node, writes, flow, false);
    reader.other = writer;
    writer.other = reader;
    return reader;
  }

  PipeEnd other() {
    return other;
  }

  int read(ByteBuffer into) {
    int taken = flow.take(into, world.now());
    if (taken > 0) {
      other.changed();
      return taken;
    }
    return flow.isEnded(world.now()) ? SocketKernel.EOF : SocketKernel.UNAVAILABLE;
  }

  int write(ByteBuffer from) throws IOException {
    if (other.isClosed()) {
      throw new IOException("Broken pipe");
    }
    int written = flow.send(from, world.now(), world.now());
    other.changed();
    return written == 0 ? SocketKernel.UNAVAILABLE : written;
  }

  @Override
  void closed() {
    if (!reads) {
      flow.end(world.now(), world.now());
    }
    other.changed();
  }

  @Override
  int events() {
    if (reads) {
      return (flow.isReadable(world.now()) ? SocketKernel.IN : 0)
          | (other.isClosed() ? SocketKernel.HUP : 0);
    }
    return other.isClosed()
        ? SocketKernel.OUT | SocketKernel.ERR
        : flow.room() > 0 ? SocketKernel.OUT : 0;
  }

  @Override
  String describe() {
    return reads ? "a pipe, to read from" : "a pipe, to write to";
  }
}
