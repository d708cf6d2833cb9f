package dev.standstill.agent;

import java.util.List;

/**
 * The rows about waits for threads of the JDK that live in no loop, read from JDK 25.0.3: the one
 * behind a service that watches files, and those of the default group of asynchronous channels.
 */
final class ServiceRewrites {

  private static final String WATCH_SERVICE = "sun/nio/fs/AbstractWatchService";
  private static final String WATCHER = "sun/nio/fs/AbstractPoller";
  private static final String CHANNEL_FUTURE = "sun/nio/ch/PendingFuture";
  private static final String KEY = "Ljava/nio/file/WatchKey;";
  private static final String TIME = "JLjava/util/concurrent/TimeUnit;";

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
          row(CHANNEL_FUTURE, "get", "(" + TIME + ")Ljava/lang/Object;"));

  private ServiceRewrites() {}

  private static MethodRewrite row(String type, String method, String descriptor) {
    return new MethodRewrite(type, method, descriptor, WAIT, OUTSIDE_IS_KNOWN);
  }
}
