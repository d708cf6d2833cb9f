package dev.standstill.hooks;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about the natives of sockets. The agent defines a copy of this class as
 * {@code java.lang.StandstillNetwork}; this original is never called.
 *
 * <p>Nothing is rewritten before the first loop opens that has a network of its own, and each call
 * is linked when it is first made: after that, one whose socket is none of ours costs a comparison.
 * Any thread may call.
 */
public final class NetworkHooks {

  /** Whether a loop with a network of its own was ever opened. Set by the loop, after install. */
  public static boolean active;

  /** The calls that are rewritten, each as owner, name and descriptor; null as long as none is. */
  public static volatile @Nullable Set<String> calls;

  private static volatile @Nullable BiFunction<String, MethodHandle, MethodHandle> linker;

  private static @Nullable BooleanSupplier own;
  private static @Nullable LongSupplier nanoTime;
  private static @Nullable LongSupplier currentTimeMillis;
  private static @Nullable Supplier<@Nullable Object> defaultGroup;
  private static @Nullable Supplier<@Nullable Object> localHost;

  private NetworkHooks() {}

  /**
   * Sets the delegates.
   *
   * @param calls what is to be rewritten
   * @param linker takes one of these and the method itself, and returns what to call in its place
   * @param own whether the loop of the calling task has a network of its own
   * @param nanoTime answers {@code System.nanoTime} where sockets are waited for
   * @param currentTimeMillis answers {@code System.currentTimeMillis} there
   * @param defaultGroup has the group of asynchronous channels of the calling task that name none;
   *     null if its loop has no network of its own
   * @param localHost has the address of the host that the calling task is on; null if that is the
   *     machine
   */
  public static void install(
      Set<String> calls,
      BiFunction<String, MethodHandle, MethodHandle> linker,
      BooleanSupplier own,
      LongSupplier nanoTime,
      LongSupplier currentTimeMillis,
      Supplier<@Nullable Object> defaultGroup,
      Supplier<@Nullable Object> localHost) {
    NetworkHooks.localHost = localHost;
    NetworkHooks.defaultGroup = defaultGroup;
    NetworkHooks.own = own;
    NetworkHooks.nanoTime = nanoTime;
    NetworkHooks.currentTimeMillis = currentTimeMillis;
    NetworkHooks.linker = linker;
    NetworkHooks.calls = calls;
  }

  /** Replaces {@link System#nanoTime()} in what waits for sockets, a loop's or the machine's. */
  public static long nanoTime() {
    if (active) {
      LongSupplier delegate = nanoTime;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.getAsLong();
      }
    }
    return System.nanoTime();
  }

  /** Replaces {@link System#currentTimeMillis()} there. */
  public static long currentTimeMillis() {
    if (active) {
      LongSupplier delegate = currentTimeMillis;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.getAsLong();
      }
    }
    return System.currentTimeMillis();
  }

  /** Stays what it is: nothing there reads it. */
  public static long getNanoTimeAdjustment(long offsetInSeconds) {
    return VM.getNanoTimeAdjustment(offsetInSeconds);
  }

  private static boolean isOwn() {
    BooleanSupplier delegate = own;
    return active
        && delegate != null
        && Thread.currentThread().isVirtual()
        && delegate.getAsBoolean();
  }

  /** Returns the group that asynchronous channels of the calling task are in if they name none. */
  public static @Nullable Object defaultGroup() {
    return ask(defaultGroup);
  }

  /** Returns the address of the host that the calling task is on; null if that is the machine. */
  public static @Nullable Object localHost() {
    return ask(localHost);
  }

  private static @Nullable Object ask(@Nullable Supplier<@Nullable Object> delegate) {
    return active && delegate != null && Thread.currentThread().isVirtual() ? delegate.get() : null;
  }

  /**
   * Replaces what makes the thread of a group of asynchronous channels that is no thread of its
   * pool: the JDK makes one of a kind that stays outside of loops.
   */
  public static ThreadFactory threadsOfGroups(ThreadFactory factory) {
    return isOwn() ? Thread.ofPlatform().daemon().name("channels").factory() : factory;
  }

  /**
   * Links a rewritten call; the JVM calls it.
   *
   * @param jdk the method that was called
   * @param call one of {@link #calls}
   */
  public static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, MethodHandle jdk, String call) {
    BiFunction<String, MethodHandle, MethodHandle> delegate = linker;
    return new ConstantCallSite(delegate == null ? jdk : delegate.apply(call, jdk));
  }
}
