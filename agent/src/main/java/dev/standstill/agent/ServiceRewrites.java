package dev.standstill.agent;

import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * The rows about waits for threads of the JDK that live in no loop, read from JDK 25.0.3: the one
 * behind a service that watches files, and those of the default group of asynchronous channels.
 * Whoever waits for a handler of such a channel waits in an object of his own, so operations that
 * have a handler are told from when they begin until it was called.
 */
final class ServiceRewrites {

  private static final String WATCH_SERVICE = "sun/nio/fs/AbstractWatchService";
  private static final String WATCHER = "sun/nio/fs/AbstractPoller";
  private static final String CHANNEL_FUTURE = "sun/nio/ch/PendingFuture";
  private static final String SOCKET_CHANNEL = "sun/nio/ch/AsynchronousSocketChannelImpl";
  private static final String SERVER_CHANNEL = "sun/nio/ch/AsynchronousServerSocketChannelImpl";
  private static final String HANDLER = "Ljava/nio/channels/CompletionHandler;";
  private static final String KEY = "Ljava/nio/file/WatchKey;";
  private static final String TIME = "JLjava/util/concurrent/TimeUnit;";

  private static final String TRANSFER =
      "(ZLjava/nio/ByteBuffer;[Ljava/nio/ByteBuffer;"
          + TIME
          + "Ljava/lang/Object;"
          + HANDLER
          + ")Ljava/util/concurrent/Future;";

  private static final Edit WAIT =
      new Edit.AroundWithReceiver(Hook.ofWaits("awaitsService"), Hook.ofWaits("awaitedService"));

  private static final String OUTSIDE_IS_KNOWN =
      "the loop knows that a task waits for a thread of the JDK";

  static final List<MethodRewrite> TABLE =
      List.of(
          row(WATCH_SERVICE, "take", "()" + KEY),
          row(WATCH_SERVICE, "poll", "(" + TIME + ")" + KEY),
          row(
              WATCHER,
              "invoke",
              "(Lsun/nio/fs/AbstractPoller$RequestType;[Ljava/lang/Object;)Ljava/lang/Object;"),
          row(CHANNEL_FUTURE, "get", "()Ljava/lang/Object;"),
          row(CHANNEL_FUTURE, "get", "(" + TIME + ")Ljava/lang/Object;"),
          operation(
              SOCKET_CHANNEL,
              "connect",
              "(Ljava/net/SocketAddress;Ljava/lang/Object;" + HANDLER + ")V"),
          operation(SOCKET_CHANNEL, "read", TRANSFER),
          operation(SOCKET_CHANNEL, "write", TRANSFER),
          operation(SERVER_CHANNEL, "accept", "(Ljava/lang/Object;" + HANDLER + ")V"),
          new MethodRewrite(
              "sun/nio/ch/Invoker",
              "invokeUnchecked",
              "(" + HANDLER + "Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V",
              new Edit.AroundWithReceiver(
                  Hook.ofSockets("handlerBegins"), Hook.ofSockets("handlerEnds")),
              OUTSIDE_IS_KNOWN));

  private ServiceRewrites() {}

  private static MethodRewrite row(String type, String method, String descriptor) {
    return new MethodRewrite(type, method, descriptor, WAIT, OUTSIDE_IS_KNOWN);
  }

  /** An operation whose last argument is its handler. */
  private static MethodRewrite operation(String type, String method, String descriptor) {
    int handler = MethodTypeDesc.ofDescriptor(descriptor).parameterCount() - 1;
    return new MethodRewrite(
        type,
        method,
        descriptor,
        new Edit.TellArgument(Hook.ofSockets("operates"), handler),
        OUTSIDE_IS_KNOWN);
  }
}
