package dev.standstill.jdk;

import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that a task has started, with the virtual thread of the task's loop that backs
 * it: runs its code and answers for it.
 *
 * <p>Each of the two leads here. The virtual thread has this object as its uncaught-exception
 * handler. The platform thread has it as its park blocker while its code runs: read from {@code
 * LockSupport}, JDK 25, a thread sets only its own blocker, and the platform thread itself never
 * runs.
 *
 * <p>What the JDK keeps in the thread that runs is moved to the virtual thread when that starts:
 * inheritable thread-locals, scoped values, an interrupt.
 */
final class BackedThread implements Runnable, Thread.UncaughtExceptionHandler {

  /** Threads with which the JDK waits for the operating system or the garbage collector. */
  private static final String OF_THE_JDK = "jdk.internal.misc.InnocuousThread";

  /** How the names of those begin that look after sockets of HTTP. */
  private static final String OF_SOCKETS = "Keep-Alive-";

  /** What a platform thread keeps as its status, in bits of JVMTI's {@code GetThreadState}. */
  private static final int NEW = 0;

  private static final int ALIVE = 1;
  private static final int TERMINATED = 2;

  private static volatile boolean active;

  private final Thread platform;
  private final AgentHooks.Process process;
  private final Thread virtual;

  /** Whether it ends because it was idle on a loop that ends; it starts no successor then. */
  private boolean unwinding;

  /** What is to be kept of the timer whose thread this is. */
  private @Nullable RestingTimer resting;

  private BackedThread(Thread platform, AgentHooks.Process process) {
    this.platform = platform;
    this.process = process;
    this.virtual =
        VirtualThreads.builder(process)
            .name(platform.getName())
            .inheritInheritableThreadLocals(false)
            .uncaughtExceptionHandler(this)
            .unstarted(this);
  }

  /** Lets loops in virtual time run the platform threads that their tasks start, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillThreads",
        (Predicate<Thread>) BackedThread::start,
        (UnaryOperator<Thread>) BackedThread::seen,
        (UnaryOperator<Thread>) BackedThread::virtual,
        (Supplier<Thread>) BackedThread::parent,
        (BooleanSupplier) () -> AgentHooks.ofCaller() != null,
        (Runnable) BackedThread::endIfIdle,
        (Runnable) AgentHooks::handsOver,
        (Runnable) AgentHooks::atHandOver,
        (UnaryOperator<ForkJoinPool>) BackedThread::commonPool,
        (Consumer<Thread>) WokenThreads::add,
        (Runnable) WokenThreads::runs);
    active = true;
  }

  /** The virtual thread that runs the code of {@code thread} now, or {@code thread} itself. */
  static Thread virtual(Thread thread) {
    return active
            && !thread.isVirtual()
            && ThreadFields.parkBlocker(thread) instanceof BackedThread backed
        ? backed.virtual
        : thread;
  }

  /** Whether {@code virtual} runs the code of a platform thread that is no daemon. */
  static boolean backsNonDaemon(Thread virtual) {
    BackedThread backed = of(virtual);
    return backed != null && !backed.platform.isDaemon();
  }

  /** The thread that programs see while {@code virtual} runs. */
  static Thread seen(Thread virtual) {
    BackedThread backed = of(virtual);
    return backed == null ? virtual : backed.platform;
  }

  private static @Nullable BackedThread of(Thread virtual) {
    return virtual.getUncaughtExceptionHandler() instanceof BackedThread backed ? backed : null;
  }

  private static Thread parent() {
    Thread virtual = Thread.currentThread();
    Thread seen = seen(virtual);
    if (seen != virtual) {
      ThreadFields.inherit(virtual, seen);
    }
    return seen;
  }

  /** Ends a thread of a pool that would wait for work on a loop that ends. */
  static void endIfIdle() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    BackedThread backed = of(Thread.currentThread());
    if (loop != null && loop.isEnding() && backed != null) {
      backed.unwinding = true;
      backed.resting = RestingTimer.of(backed.platform, loop.currentTimeMillis());
      throw new LoopEndedError();
    }
  }

  private static ForkJoinPool commonPool(ForkJoinPool pool) {
    AgentHooks.Process process = AgentHooks.processOfCaller();
    return process == null ? pool : process.commonPool();
  }

  private static boolean start(Thread platform) {
    AgentHooks.Process process = AgentHooks.processOfCaller();
    if (process == null) {
      return false;
    }
    AgentHooks.Hooked loop = process.loop();
    if (staysOutside(platform, loop) || PoolThreads.joinOthers(platform)) {
      HandedOver.addFirstWork(platform, loop);
      return false;
    }
    BackedThread starter = of(Thread.currentThread());
    if (starter != null && starter.unwinding) {
      throw new LoopEndedError();
    }
    new BackedThread(platform, process).start();
    return true;
  }

  private static boolean staysOutside(Thread platform, AgentHooks.Hooked loop) {
    return platform.getClass().getName().equals(OF_THE_JDK)
        && !(platform.getName().startsWith(OF_SOCKETS) && OwnNetworks.has(loop));
  }

  private void start() {
    ThreadFields.inherit(platform, virtual);
    virtual.setContextClassLoader(platform.getContextClassLoader());
    if (ThreadFields.takeInterrupt(platform)) {
      virtual.interrupt();
    }
    link(this, ALIVE);
    boolean started = false;
    try {
      // The JDK calls inside of the monitor of the platform thread, which that enters to end.
      process.loop().startWithoutHandOver(virtual);
      started = true;
    } finally {
      if (!started) {
        link(null, NEW);
      }
    }
  }

  private void link(@Nullable BackedThread backed, int status) {
    ThreadFields.status(platform, status);
    ThreadFields.parkBlocker(platform, backed);
  }

  /** Does what the JVM does for a platform thread, from its start to its end. */
  @Override
  public void run() {
    Runnable body = platform;
    try {
      body.run();
    } catch (LoopEndedError e) {
      // The thread was idle.
    } catch (Throwable e) {
      uncaughtException(virtual, e);
    } finally {
      ThreadFields.exit(platform);
      synchronized (platform) {
        link(null, TERMINATED);
        if (resting != null) {
          resting.begin();
        }
        platform.notifyAll();
      }
    }
  }

  /** Goes to the handlers of the platform thread; where there are none, to the loop's. */
  @Override
  public void uncaughtException(Thread thread, Throwable exception) {
    Thread.UncaughtExceptionHandler handler =
        Objects.requireNonNull(platform.getUncaughtExceptionHandler());
    try {
      if (handler instanceof ThreadGroup group && isOfTheJdk(group)) {
        process.loop().uncaught(platform, exception);
      } else {
        handler.uncaughtException(platform, exception);
      }
    } catch (Throwable e) {
      if (e != exception) {
        e.addSuppressed(exception);
      }
      process.loop().uncaught(platform, e);
    }
  }

  private static boolean isOfTheJdk(ThreadGroup group) {
    ThreadGroup parent = group.getParent();
    return group.getClass() == ThreadGroup.class && (parent == null || isOfTheJdk(parent));
  }
}
