package dev.standstill.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of clock reads: which calls go to the hooks, in which classes they stay as they are,
 * and which classes of {@code java.base} have them. Read from JDK 25.0.3.
 */
final class Clocks {

  /**
   * A part of the JDK, by the beginning of its internal class names, that keeps the real clocks.
   */
  record RealTime(String prefix, String why) {}

  private static final Set<String> CALLS =
      Set.of(
          "java/lang/System.nanoTime()J",
          "java/lang/System.currentTimeMillis()J",
          "jdk/internal/misc/VM.getNanoTimeAdjustment(J)J");

  private static final byte[][] NAMES = {
    ascii("nanoTime"), ascii("currentTimeMillis"), ascii("getNanoTimeAdjustment")
  };

  private static final String HOOKS = HookClass.NAME.replace('.', '/');

  private static final String HOOKS_ASK = "the hooks and their delegates ask the real clocks";
  private static final String OUTSIDE = "waits for, or caches, what lies outside the JVM";
  private static final String OWN_THREAD = "does its waiting in a platform thread of its own";
  private static final String MEASURES = "measures how long the JVM itself takes";

  private static final List<RealTime> REAL_TIME =
      List.of(
          new RealTime("java/lang/System", HOOKS_ASK),
          new RealTime("jdk/internal/misc/VM", HOOKS_ASK),
          new RealTime(HOOKS, HOOKS_ASK),
          new RealTime("dev/standstill/hooks/", HOOKS_ASK),
          new RealTime("dev/standstill/agent/", HOOKS_ASK),
          new RealTime("dev/standstill/core/", HOOKS_ASK),
          new RealTime("dev/standstill/jdk/", HOOKS_ASK),
          new RealTime("java/net/InetAddress", OUTSIDE + ": addresses"),
          new RealTime("sun/net/dns/", OUTSIDE + ": name servers"),
          new RealTime("com/sun/jndi/", OUTSIDE + ": LDAP and DNS servers"),
          new RealTime("sun/security/", OUTSIDE + ": entropy, tickets, TLS sessions"),
          new RealTime("java/awt/", OWN_THREAD + ": the event dispatch thread"),
          new RealTime("javax/swing/", OWN_THREAD + ": the event dispatch thread"),
          new RealTime("sun/awt/", OWN_THREAD + ": the toolkit"),
          new RealTime("com/sun/media/sound/", OWN_THREAD),
          new RealTime("java/rmi/", OUTSIDE + ": leases"),
          new RealTime("sun/rmi/", OUTSIDE + ": leases"),
          new RealTime("com/sun/jmx/", OWN_THREAD),
          new RealTime("javax/management/", OWN_THREAD),
          new RealTime("sun/management/", MEASURES),
          new RealTime("java/lang/ClassLoader", MEASURES),
          new RealTime("java/net/URLClassLoader", MEASURES),
          new RealTime("java/util/zip/ZipFile", MEASURES),
          new RealTime("java/util/ImmutableCollections", "is seeded once, before any agent starts"),
          new RealTime("java/lang/instrument/", MEASURES),
          new RealTime("sun/instrument/", MEASURES),
          new RealTime("jdk/internal/event/", MEASURES),
          new RealTime("jdk/internal/module/", MEASURES),
          new RealTime("jdk/internal/perf/", MEASURES),
          new RealTime("jdk/jfr/", MEASURES),
          new RealTime("jdk/management/", MEASURES));

  /**
   * Parts of the JDK that wait for sockets, by the beginnings of their internal class names: they
   * keep the real clocks where sockets are the machine's, and not where they are a loop's.
   */
  private static final List<String> OF_SOCKETS =
      List.of("java/net/SocksSocketImpl", "sun/net/www/");

  private static final String NETWORK_HOOKS =
      HookClass.NETWORK.packageName().replace('.', '/') + "/" + HookClass.NETWORK.displayName();

  /**
   * The classes of {@code java.base} that call the clocks, apart from those above: the ones that
   * were loaded before the agent are found by name, since reading all of them takes too long.
   */
  static final Set<String> CALLERS_IN_JAVA_BASE =
      Set.of(
          "java/lang/Process",
          "java/lang/Thread",
          "java/lang/VirtualThread",
          "java/lang/ref/ReferenceQueue",
          "java/net/HttpCookie",
          "java/net/SocksSocketImpl",
          "java/text/SimpleDateFormat",
          "java/time/Clock",
          "java/time/Clock$SystemClock",
          "java/time/Clock$SystemInstantSource",
          "java/util/Currency",
          "java/util/Currency$CurrencyProperty",
          "java/util/Currency$SpecialCaseEntry",
          "java/util/Date",
          "java/util/GregorianCalendar",
          "java/util/JapaneseImperialCalendar",
          "java/util/Random",
          "java/util/ResourceBundle",
          "java/util/Timer",
          "java/util/TimerThread",
          "java/util/concurrent/AbstractExecutorService",
          "java/util/concurrent/CompletableFuture",
          "java/util/concurrent/CompletableFuture$Signaller",
          "java/util/concurrent/DelayScheduler",
          "java/util/concurrent/Exchanger",
          "java/util/concurrent/ForkJoinPool",
          "java/util/concurrent/ForkJoinTask",
          "java/util/concurrent/FutureTask",
          "java/util/concurrent/LinkedTransferQueue$DualNode",
          "java/util/concurrent/Phaser$QNode",
          "java/util/concurrent/ScheduledThreadPoolExecutor",
          "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask",
          "java/util/concurrent/SubmissionPublisher$BufferedSubscription",
          "java/util/concurrent/ThreadLocalRandom",
          "java/util/concurrent/ThreadPerTaskExecutor",
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer",
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer$ConditionObject",
          "java/util/concurrent/locks/AbstractQueuedSynchronizer",
          "java/util/concurrent/locks/AbstractQueuedSynchronizer$ConditionObject",
          "java/util/concurrent/locks/LockSupport",
          "java/util/concurrent/locks/StampedLock",
          "java/util/zip/ZipOutputStream",
          "jdk/internal/logger/BootstrapLogger$LogEvent",
          "jdk/internal/misc/ThreadFlock",
          "jdk/internal/util/random/RandomSupport",
          "sun/net/www/http/KeepAliveCache",
          "sun/net/www/http/KeepAliveCache$ClientVector",
          "sun/net/www/http/KeepAliveStreamCleaner",
          "sun/nio/ch/DatagramChannelImpl",
          "sun/nio/ch/EPollSelectorImpl",
          "sun/nio/ch/NioSocketImpl",
          "sun/nio/ch/PollSelectorImpl",
          "sun/nio/ch/ServerSocketChannelImpl",
          "sun/nio/ch/SocketChannelImpl",
          "sun/util/calendar/AbstractCalendar",
          "sun/util/calendar/Gregorian",
          "sun/util/calendar/JulianCalendar",
          "sun/util/calendar/LocalGregorianCalendar",
          "sun/util/calendar/ZoneInfo",
          "sun/util/calendar/ZoneInfoFile",
          "sun/util/locale/provider/CalendarProviderImpl");

  private Clocks() {}

  /** Returns whether the class, given by its internal name, keeps the real clocks. */
  static boolean isRealTime(String type) {
    for (RealTime part : REAL_TIME) {
      if (type.startsWith(part.prefix())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a class file has the name of a clock; most have none. */
  static boolean areMentioned(byte[] classFile) {
    return ConstantPool.mentions(classFile, NAMES);
  }

  /**
   * Sends the clock reads of a class to the hooks.
   *
   * @param type its internal name
   * @return the new class file, or null if it reads no clock
   * @throws IllegalStateException if the class file has no room for the change
   */
  static byte @Nullable [] redirect(String type, byte[] classFile) {
    return new ConstantPool(classFile).redirect(CALLS, isOfSockets(type) ? NETWORK_HOOKS : HOOKS);
  }

  private static boolean isOfSockets(String type) {
    for (String part : OF_SOCKETS) {
      if (type.startsWith(part)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
