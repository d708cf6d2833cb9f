package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Sockets of the machine, for the servers that tasks may reach although their loop has a network of
 * its own. A task that waits for one is externally blocked, as on a loop without such a network.
 * Any thread may call.
 */
public final class RealSockets {

  private static final MethodHandle SOCKET =
      find("Net", "socket0", int.class, boolean.class, boolean.class, boolean.class, boolean.class);
  private static final MethodHandle CONNECT =
      find(
          "Net",
          "connect0",
          int.class,
          boolean.class,
          FileDescriptor.class,
          InetAddress.class,
          int.class);
  private static final MethodHandle SET_OPTION =
      find(
          "Net",
          "setIntOption0",
          void.class,
          FileDescriptor.class,
          boolean.class,
          int.class,
          int.class,
          int.class,
          boolean.class);
  private static final MethodHandle POLL_NOW =
      find("Net", "poll", int.class, FileDescriptor.class, int.class, long.class);
  private static final MethodHandle CONFIGURE =
      find("IOUtil", "configureBlocking", void.class, FileDescriptor.class, boolean.class);
  private static final MethodHandle POLL =
      find("Poller", "poll", void.class, int.class, int.class, long.class, BooleanSupplier.class);
  private static final MethodHandle POLL_SELECTOR =
      find("Poller", "pollSelector", void.class, int.class, long.class);
  private static final MethodHandle STOP_POLL = find("Poller", "stopPoll", void.class, int.class);
  private static final MethodHandle OPEN_SELECTOR = find("EPoll", "create", int.class);
  private static final MethodHandle CONTROL =
      find("EPoll", "ctl", int.class, int.class, int.class, int.class, int.class);
  private static final MethodHandle CHECK_CONNECT =
      find("UnixAsynchronousSocketChannelImpl", "checkConnect", void.class, int.class);
  private static final MethodHandle CLOSE =
      find("FileDispatcherImpl", "closeIntFD", void.class, int.class);

  private RealSockets() {}

  private static MethodHandle find(String owner, String name, Class<?> returns, Class<?>... takes) {
    return SocketAccess.require("sun.nio.ch." + owner, name, MethodType.methodType(returns, takes));
  }

  /** Puts a socket of the machine in the place of one of ours, and begins to connect it. */
  static int connect(
      SocketKernel kernel, boolean ipv6, FileDescriptor file, InetAddress address, int port)
      throws IOException {
    int ours = SocketAccess.number(file);
    try {
      int real = (int) SOCKET.invokeExact(ipv6, true, false, false);
      SocketAccess.number(file, real);
      List<SocketKernel.Option> options = kernel.replace(ours, real);
      CONFIGURE.invokeExact(file, false);
      for (SocketKernel.Option option : options) {
        SET_OPTION.invokeExact(file, false, option.level(), option.option(), option.value(), ipv6);
      }
      return (int) CONNECT.invokeExact(ipv6, file, address, port);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Which events have happened to a socket. */
  public static int poll(FileDescriptor file, int events) throws IOException {
    try {
      return (int) POLL_NOW.invokeExact(file, events, 0L);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Throws why a socket could not be connected. */
  public static void checkConnected(int file) throws IOException {
    try {
      CHECK_CONNECT.invokeExact(file);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Makes a file descriptor of its number. */
  public static FileDescriptor descriptor(int number) {
    FileDescriptor descriptor = new FileDescriptor();
    SocketAccess.number(descriptor, number);
    return descriptor;
  }

  /**
   * Parks until an event has happened to a socket, or the caller is woken.
   *
   * @param nanos 0 for no limit
   */
  public static void await(int file, int event, long nanos, BooleanSupplier open)
      throws IOException {
    try {
      POLL.invokeExact(file, event, nanos, open);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Wakes who waits for a socket. */
  public static void wake(int file) {
    try {
      STOP_POLL.invokeExact(file);
    } catch (Throwable e) {
      throw new LinkageError("Nobody can be woken who waits for a socket", e);
    }
  }

  /** Makes a selector of the machine. */
  public static int openSelector() throws IOException {
    try {
      return (int) OPEN_SELECTOR.invokeExact();
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Changes what a selector of the machine looks at, which it told of a socket or not. */
  public static void control(int selector, SocketKernel.Control what, int file, int events) {
    try {
      int ignored = (int) CONTROL.invokeExact(selector, what.ordinal() + 1, file, events);
    } catch (Throwable e) {
      throw new LinkageError("A selector cannot be changed", e);
    }
  }

  /** Parks until something has happened to what a selector looks at, or the caller is woken. */
  public static void awaitSelector(int selector, long nanos) throws IOException {
    try {
      POLL_SELECTOR.invokeExact(selector, nanos);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Closes a selector. */
  public static void close(int selector) throws IOException {
    try {
      CLOSE.invokeExact(selector);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static IOException failure(Throwable thrown) {
    return switch (thrown) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(thrown);
    };
  }
}
