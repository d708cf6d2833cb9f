package dev.standstill.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which loops have a network of their own, so that what the JDK does for sockets in threads and
 * statics of its own is theirs, too. Any thread may call.
 */
public final class OwnNetworks {

  /** The least file descriptor of a loop; those of the operating system are smaller. */
  public static final int FIRST_FILE = 1 << 20;

  private static final ThreadFactory DAEMONS =
      Thread.ofPlatform().daemon().name("channels-", 0).factory();

  /** So much virtual time has a library's thread to end by itself on a loop that ends. */
  private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

  /** What a loop has of its own. Loop-confined. */
  private static final class Own {
    private final Map<AgentHooks.Process, AsynchronousChannelGroup> channels = new WeakHashMap<>();

    /** When the loop was first seen to end; null before. */
    private @Nullable Long ends;
  }

  private static final Map<AgentHooks.Hooked, Own> LOOPS = new ConcurrentHashMap<>();

  private OwnNetworks() {}

  /** From now on a loop has one. */
  public static void add(AgentHooks.Hooked loop) {
    LOOPS.put(loop, new Own());
  }

  /** From now on a loop has none; it need not have had one. */
  public static void remove(AgentHooks.Hooked loop) {
    LOOPS.remove(loop);
  }

  /** Ends the calling thread if it has nothing to do on a loop that ends. */
  public static void endIfIdle() {
    BackedThread.endIfIdle();
  }

  /**
   * Ends the calling thread, which is about to wait for a selector, if its loop has been ending for
   * some time: an event loop that nobody shuts down looks again and again, and has no end.
   */
  public static void endIfLeft() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    Own own = loop == null ? null : LOOPS.get(loop);
    if (loop == null || own == null || !loop.isEnding()) {
      return;
    }
    if (own.ends == null) {
      own.ends = loop.nanoTime();
    } else if (loop.nanoTime() - own.ends >= GRACE) {
      BackedThread.endIfIdle();
    }
  }

  static boolean has(AgentHooks.Hooked loop) {
    return LOOPS.containsKey(loop);
  }

  /** The loop of the calling task if it has one, else null. */
  static AgentHooks.@Nullable Hooked ofCaller() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    return loop != null && has(loop) ? loop : null;
  }

  /**
   * The group of asynchronous channels of the calling task that name none, in place of that of the
   * JVM, made when it is first asked for; null if its loop has no network of its own.
   */
  static @Nullable AsynchronousChannelGroup defaultGroup() {
    AgentHooks.Process process = AgentHooks.processOfCaller();
    Own own = process == null ? null : LOOPS.get(process.loop());
    return process == null || own == null
        ? null
        : own.channels.computeIfAbsent(process, OwnNetworks::makeGroup);
  }

  private static AsynchronousChannelGroup makeGroup(AgentHooks.Process process) {
    try {
      return AsynchronousChannelGroup.withCachedThreadPool(
          Executors.newCachedThreadPool(DAEMONS), process.commonPool().getParallelism());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long nanoTime() {
    AgentHooks.Process process = reader();
    return process == null ? System.nanoTime() : process.loop().nanoTime();
  }

  static long currentTimeMillis() {
    AgentHooks.Process process = reader();
    return process == null ? System.currentTimeMillis() : process.currentTimeMillis();
  }

  private static AgentHooks.@Nullable Process reader() {
    AgentHooks.Process process = AgentHooks.processOfCaller();
    if (process == null || !has(process.loop())) {
      return null;
    }
    process.loop().readsClock();
    return process;
  }
}
