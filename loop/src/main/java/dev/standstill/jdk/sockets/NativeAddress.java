package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Addresses as Linux has them in memory: {@code struct sockaddr_in} and {@code sockaddr_in6}. The
 * JDK asks for the latter wherever the machine knows IPv6, and puts an IPv4 address into it.
 */
final class NativeAddress {

  private static final short FAMILY_4 = 2;
  private static final short FAMILY_6 = 10;
  private static final int SIZE_4 = 16;
  private static final int SIZE_6 = 28;
  private static final int PORT = 2;
  private static final int ADDRESS_4 = 4;
  private static final int ADDRESS_6 = 8;
  private static final int BYTES_4 = 4;
  private static final int BYTES_6 = 16;

  private NativeAddress() {}

  /** Writes an address as the JDK reads it: the family tells which of the two it is. */
  static void write(InetSocketAddress address, long to) {
    byte[] bytes = address.getAddress().getAddress();
    boolean is4 = bytes.length == BYTES_4;
    ByteBuffer memory = SocketAccess.memory(to, is4 ? SIZE_4 : SIZE_6);
    memory.order(ByteOrder.nativeOrder()).putShort(0, is4 ? FAMILY_4 : FAMILY_6);
    memory.order(ByteOrder.BIG_ENDIAN).putShort(PORT, (short) address.getPort());
    memory.put(is4 ? ADDRESS_4 : ADDRESS_6, bytes);
  }

  static InetSocketAddress read(long from, int length) throws UnknownHostException {
    ByteBuffer memory = SocketAccess.memory(from, length);
    boolean is4 = memory.order(ByteOrder.nativeOrder()).getShort(0) == FAMILY_4;
    int port = Short.toUnsignedInt(memory.order(ByteOrder.BIG_ENDIAN).getShort(PORT));
    byte[] bytes = new byte[is4 ? BYTES_4 : BYTES_6];
    memory.get(is4 ? ADDRESS_4 : ADDRESS_6, bytes);
    return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
  }
}
