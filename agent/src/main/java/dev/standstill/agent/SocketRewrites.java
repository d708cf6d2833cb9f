package dev.standstill.agent;

import java.util.List;

/**
 * The rows about what the JDK keeps in statics for sockets, read from JDK 25.0.3: a loop with a
 * network of its own has its own.
 */
final class SocketRewrites {

  private static final String KEEP_ALIVE = "sun/net/www/http/KeepAliveCache";
  private static final String CLIENT = "Lsun/net/www/http/HttpClient;";

  private static final Edit OF_LOOP = new Edit.ReplaceReceiver(Hook.ofLibraries("ofLoop"));

  private static final String CONNECTIONS_OF_LOOP =
      "connections of HTTP that are kept alive are those of a loop";

  static final List<MethodRewrite> TABLE =
      List.of(
          new MethodRewrite(
              KEEP_ALIVE,
              "put",
              "(Ljava/net/URL;Ljava/lang/Object;" + CLIENT + ")V",
              OF_LOOP,
              CONNECTIONS_OF_LOOP),
          new MethodRewrite(
              KEEP_ALIVE,
              "get",
              "(Ljava/net/URL;Ljava/lang/Object;)" + CLIENT,
              OF_LOOP,
              CONNECTIONS_OF_LOOP));

  private static final String CHANNELS_OF_LOOP =
      "asynchronous channels of a loop are served by threads of it";

  /** Is there only on Linux, as is the next. */
  static final MethodRewrite THREADS_OF_GROUPS =
      new MethodRewrite(
          "sun/nio/ch/AsynchronousChannelGroupImpl",
          "startInternalThread",
          "(Ljava/lang/Runnable;)V",
          new Edit.FilterResult(
              "sun/nio/ch/ThreadPool",
              "defaultThreadFactory",
              Hook.ofNetwork("threadsOfGroups"),
              "(Ljava/util/concurrent/ThreadFactory;)Ljava/util/concurrent/ThreadFactory;"),
          CHANNELS_OF_LOOP);

  static final MethodRewrite DEFAULT_GROUP =
      new MethodRewrite(
          "sun/nio/ch/LinuxAsynchronousChannelProvider",
          "defaultEventPort",
          "()Lsun/nio/ch/EPollPort;",
          new Edit.AnswerStatic(Hook.ofNetwork("defaultGroup")),
          CHANNELS_OF_LOOP);

  /** Loads late, as a rule. */
  static final MethodRewrite LOCAL_HOST =
      new MethodRewrite(
          "java/net/InetAddress",
          "getLocalHost",
          "()Ljava/net/InetAddress;",
          new Edit.AnswerStatic(Hook.ofNetwork("localHost")),
          "each host of a loop has its own name and address");

  private SocketRewrites() {}
}
