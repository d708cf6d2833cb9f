package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Moves bytes between the memory that natives are given and a kernel. */
final class Transfer {

  /** The size of {@code struct iovec}: an address and a length. */
  private static final int VECTOR_BYTES = 16;

  private Transfer() {}

  static int read(FileDescriptor file, long address, int length) throws IOException {
    return Kernels.of(file).read(SocketAccess.number(file), SocketAccess.memory(address, length));
  }

  static int write(FileDescriptor file, long address, int length) throws IOException {
    return Kernels.of(file).write(SocketAccess.number(file), SocketAccess.memory(address, length));
  }

  static long readAll(FileDescriptor file, long vector, int length) throws IOException {
    long total = 0;
    for (int i = 0; i < length; i++) {
      ByteBuffer part = part(vector, i);
      int wanted = part.remaining();
      if (wanted > 0) {
        int read = Kernels.of(file).read(SocketAccess.number(file), part);
        if (read < 0) {
          return total > 0 ? total : read;
        }
        total += read;
        if (read < wanted) {
          return total;
        }
      }
    }
    return total;
  }

  static long writeAll(FileDescriptor file, long vector, int length) throws IOException {
    long total = 0;
    for (int i = 0; i < length; i++) {
      ByteBuffer part = part(vector, i);
      int wanted = part.remaining();
      if (wanted > 0) {
        int written = Kernels.of(file).write(SocketAccess.number(file), part);
        if (written < 0) {
          return total > 0 ? total : written;
        }
        total += written;
        if (written < wanted) {
          return total;
        }
      }
    }
    return total;
  }

  static long readDatagram(FileDescriptor file, long vector, int length) throws IOException {
    ByteBuffer whole = ByteBuffer.allocate(size(vector, length));
    int read = Kernels.of(file).read(SocketAccess.number(file), whole);
    whole.flip();
    for (int i = 0; i < length && whole.hasRemaining(); i++) {
      ByteBuffer part = part(vector, i);
      int fitting = Math.min(part.remaining(), whole.remaining());
      part.put(whole.slice(whole.position(), fitting));
      whole.position(whole.position() + fitting);
    }
    return read;
  }

  static long writeDatagram(FileDescriptor file, long vector, int length) throws IOException {
    ByteBuffer whole = ByteBuffer.allocate(size(vector, length));
    for (int i = 0; i < length; i++) {
      whole.put(part(vector, i));
    }
    return Kernels.of(file).write(SocketAccess.number(file), whole.flip());
  }

  private static int size(long vector, int length) {
    int size = 0;
    for (int i = 0; i < length; i++) {
      size += part(vector, i).remaining();
    }
    return size;
  }

  private static ByteBuffer part(long vector, int index) {
    ByteBuffer entry =
        SocketAccess.memory(vector + (long) VECTOR_BYTES * index, VECTOR_BYTES)
            .order(ByteOrder.nativeOrder());
    return SocketAccess.memory(entry.getLong(0), (int) entry.getLong(Long.BYTES));
  }
}
