package dev.standstill.jdk.sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one loop, as its tasks see an operating system's: what each method does is what
 * the system call of its name does on Linux, where nothing else is said. No call waits but {@link
 * #await} and {@link #select}, as all sockets of virtual threads are non-blocking.
 *
 * <p>Called by the running task of the loop only, but for {@link #closeUnseen}, {@link #closeLater}
 * and {@link #wake}.
 */
public interface SocketKernel {

  /** Returned in place of a number of bytes if there is nothing to read, or no room to write. */
  int UNAVAILABLE = -2;

  /** Returned by a read after the last byte. */
  int EOF = -1;

  /** The events of {@code poll} and {@code epoll}. */
  int IN = 1;

  int OUT = 4;
  int ERR = 8;
  int HUP = 16;

  /** Reports an event once, until asked again. */
  int ONE_SHOT = 1 << 30;

  /** What a socket is for. */
  enum Kind {
    STREAM,
    DATAGRAM,
    UNIX
  }

  /** How a selector is told what to look at. */
  enum Control {
    ADD,
    REMOVE,
    CHANGE
  }

  /** A connection that a listening socket has accepted. */
  record Accepted(int file, SocketAddress remote) {}

  /** An option of a socket, as the operating system numbers them. */
  record Option(int level, int option, int value) {}

  /** Makes a socket and returns its file descriptor. */
  int open(Kind kind) throws IOException;

  /** Makes a counter that wakes selectors. */
  int openCounter() throws IOException;

  /** Makes a selector. */
  int openSelector() throws IOException;

  /**
   * Makes a pipe; returns the end to read from in the upper half, the one to write in the lower.
   */
  long openPipe() throws IOException;

  void close(int file) throws IOException;

  /** Closes what no task has closed, but a thread that cleans up. Any thread may call. */
  void closeUnseen(int file);

  /**
   * Closes what a thread has closed that is no task, before the next task runs, and wakes whoever
   * waits for it. Any thread may call.
   */
  void closeLater(int file);

  void bind(int file, SocketAddress address) throws IOException;

  void listen(int file, int backlog) throws IOException;

  /**
   * Begins to connect.
   *
   * @return 1 if the socket is connected, or {@link #UNAVAILABLE} if that is on its way
   */
  int connect(int file, SocketAddress address) throws IOException;

  /**
   * Whether a socket that was on its way is connected.
   *
   * @throws IOException if it cannot be
   */
  boolean isConnected(int file) throws IOException;

  /** Null if nobody has connected. */
  @Nullable Accepted accept(int file) throws IOException;

  /** Makes a datagram socket one that is not connected. */
  void disconnect(int file) throws IOException;

  void shutdown(int file, boolean input, boolean output) throws IOException;

  /** Null if the socket has none. */
  @Nullable SocketAddress localAddress(int file) throws IOException;

  /** Null if the socket has none. */
  @Nullable SocketAddress remoteAddress(int file) throws IOException;

  int read(int file, ByteBuffer into) throws IOException;

  int write(int file, ByteBuffer from) throws IOException;

  /** Reads a datagram; returns who has sent it, or null if there is none. */
  @Nullable SocketAddress receive(int file, ByteBuffer into) throws IOException;

  int send(int file, ByteBuffer from, SocketAddress to) throws IOException;

  int available(int file) throws IOException;

  /** Sends one urgent byte, which is inline if the receiver wants it, else lost. */
  int sendUrgent(int file, byte data) throws IOException;

  int option(int file, int level, int option) throws IOException;

  void option(int file, int level, int option, int value) throws IOException;

  /** Which of the events have happened, besides errors. */
  int poll(int file, int events) throws IOException;

  /**
   * Waits until one of the events has happened, or the time is over, or the caller is woken.
   *
   * @param nanos 0 for no limit
   * @param open asked before the wait; if it says no there is none
   */
  void await(int file, int events, long nanos, BooleanSupplier open) throws IOException;

  /** Wakes whoever waits for a file descriptor. Any thread may call. */
  void wake(int file);

  /**
   * Changes what a selector looks at.
   *
   * @return 0, or the error of the operating system
   */
  int control(int selector, Control what, int file, int events) throws IOException;

  /**
   * Waits for events.
   *
   * @param into takes pairs of events and file descriptor, as many as there is room for
   * @param millis 0 for no wait, -1 for no limit
   * @return how many pairs there are; 0 also if the caller was woken without a cause
   */
  int select(int selector, int[] into, int millis) throws IOException;

  /** Adds to a counter, or writes a byte to a pipe. */
  void raise(int file) throws IOException;

  /** Takes all from a counter or pipe; whether there was anything. */
  boolean drain(int file) throws IOException;

  /** Takes one byte from a pipe; whether there was one. */
  boolean drainOne(int file) throws IOException;

  /** Whether the machine is to be asked which addresses a name stands for. */
  boolean isKnown(String name);

  /**
   * The address of a host of the network.
   *
   * @throws UnknownHostException if nobody has the name; its message says so
   */
  InetAddress resolve(String name) throws UnknownHostException;

  /** The name of the host that has an address; null if the machine is to be asked. */
  @Nullable String nameOf(InetAddress address);

  /** The address of the host that the calling task is on; null if that is the machine. */
  @Nullable InetAddress localHost();

  /** Whether an address is one of the machine's that tasks may reach. */
  boolean isReal(SocketAddress address);

  /**
   * A socket of the machine takes the place of one of ours, whose number may be used on.
   *
   * @return the options that were set
   */
  List<Option> replace(int file, int real) throws IOException;

  /** Whether somebody answers at an address. */
  boolean isReachable(InetAddress address, int millis) throws IOException;
}
