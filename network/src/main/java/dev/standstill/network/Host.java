package dev.standstill.network;

import dev.standstill.Task;
import dev.standstill.core.LoopProcess;
import dev.standstill.network.kernel.Node;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.IsolatedLoader;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A machine on the {@link Network} of a loop that runs one program: it has an address, a name by
 * which others find it, a clock, and a folder if it asks for one. Its program has classes of its
 * own, and with them statics; it can crash and start again.
 *
 * <pre>{@code
 * Host server = net.host("server", () -> Server.main("--port=80"));
 * Host client = net.host("client", () -> Client.main("http://server:80/"));
 * Thread.sleep(Duration.ofSeconds(10));
 * server.crash();
 * server.restart();
 * }</pre>
 *
 * <p>What a task of a host starts is of that host: threads, pools, the common pool. It ends as a
 * JVM does: with its last thread that is no daemon, or by {@code System.exit}; and all hosts end
 * when their loop is closed. What the JDK keeps in statics, such as system properties and the
 * standard streams, all hosts have in common.
 *
 * <p>Tasks of the loop may call, those of the host too, and the thread that drives the loop.
 */
public final class Host {

  private final Network network;
  private final Node node;
  private final LoadedProgram program;
  private Duration ahead = Duration.ZERO;
  private LoopProcess process;

  /** Set while the machine is off, and not only without a process. */
  private @Nullable Outage off;

  /** How its process ends. */
  private enum End {
    EXIT,
    CRASH,
    POWER_OFF
  }

  private End end = End.EXIT;

  Host(Network network, Node node, LoadedProgram program) {
    this.network = network;
    this.node = node;
    this.program = program;
    this.process = open();
  }

  private LoopProcess open() {
    LoopProcess opened = network.processes().open(name(), node, this::ended);
    opened.skewClock(ahead);
    return opened;
  }

  /** Begins its program, which may run at once: to be called when the network knows the host. */
  void begin() {
    IsolatedLoader loader = network.loader(program.source());
    HostProgram main = program.in(loader);
    Task<?> unused =
        spawn(
            process,
            "starts main",
            loader,
            () -> {
              Thread.ofPlatform().name("main").daemon(false).start(() -> runMain(main));
              return null;
            });
  }

  private static void runMain(HostProgram main) {
    try {
      main.run();
    } catch (Exception e) {
      Host.<RuntimeException>rethrow(e);
    }
  }

  @SuppressWarnings("unchecked") // a thread may throw anything
  private static <E extends Exception> void rethrow(Exception exception) throws E {
    throw (E) exception;
  }

  private <V extends @Nullable Object> Task<V> spawn(
      LoopProcess in, String task, ClassLoader loader, Callable<V> body) {
    return in.enter(() ->
        network
            .loop()
            .spawn(
                task,
                () -> {
                  Thread.currentThread().setContextClassLoader(loader);
                  return body.call();
                }));
  }

  private void ended() {
    switch (end) {
      case EXIT -> network.processExits(node);
      case CRASH -> network.processEnds(node);
      case POWER_OFF -> off = network.machineStops(node);
    }
  }

  /**
   * Returns the host whose task calls.
   *
   * @return empty if the caller is no task of a host, such as a test
   */
  public static Optional<Host> current() {
    LoopProcess process = LoopProcess.ofCaller();
    return process == null
        ? Optional.empty()
        : TestLoop.currentIfPresent().flatMap(loop -> Network.of(loop).host(process));
  }

  /**
   * Returns the name by which others find it.
   *
   * @return the one it was given
   */
  public String name() {
    return node.name();
  }

  /**
   * Returns the address by which others find it.
   *
   * @return the same as long as the loop lives
   */
  public InetAddress address() {
    return node.address();
  }

  Node node() {
    return node;
  }

  /**
   * Returns whether its program runs, or pauses.
   *
   * @return false when it has ended, by whatever means
   */
  public boolean isRunning() {
    return !process.hasEnded();
  }

  /**
   * Returns whether it {@linkplain #pause pauses}.
   *
   * @return true until it goes on or ends
   */
  public boolean isPaused() {
    return process.isPaused();
  }

  /**
   * Returns a folder of its own, empty at first. What is there outlives a crash, and {@link
   * #powerOff()}; it is deleted when the loop is closed.
   *
   * @return always the same one
   */
  public Path folder() {
    return network.folders().of(name());
  }

  /**
   * Starts a task on this host, whose class is the caller's: for what a test does from here, such
   * as to ask a server.
   *
   * @param task the name of the task
   * @param body what to run
   * @param <V> what it computes
   * @return the task's handle, which is never done if the host stops before
   * @throws IllegalStateException if it does not run
   */
  public <V extends @Nullable Object> Task<V> spawn(String task, Callable<V> body) {
    requireRunning("spawn()");
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return spawn(process, task, loader, body);
  }

  private void requireRunning(String call) {
    if (!isRunning()) {
      throw new IllegalStateException(
          "%s: host \"%s\" does not run: call restart() before.".formatted(call, name()));
    }
  }

  /**
   * Its process dies: no task of it runs any more, no {@code finally} and no shutdown hook. Its
   * connections end with an RST at the other ends, and nobody listens on its ports. Does nothing if
   * it does not run.
   *
   * <p>A task inside of a class initialiser, or that has a lock of the JDK's or of a class that is
   * shared for which another host waits, runs on until it has left it. A task of the host itself
   * that calls does not return.
   */
  public void crash() {
    if (isRunning()) {
      end = End.CRASH;
      process.end();
    }
  }

  /**
   * The machine stops: as {@link #crash()}, but nothing is heard of it any more. What others send
   * is lost; they learn of it when they give up, or when it is there again and does not know of
   * their connections.
   */
  public void powerOff() {
    if (isRunning()) {
      end = End.POWER_OFF;
      process.end();
    } else if (off == null) {
      off = network.machineStops(node);
    }
  }

  /**
   * Runs its program again from the start, with statics as new and with what it has written to its
   * {@link #folder()}. If it runs it crashes before.
   */
  public void restart() {
    crash();
    if (off != null) {
      off.close();
      off = null;
    }
    end = End.EXIT;
    process = open();
    begin();
  }

  /**
   * None of its tasks begins to run from now on, as in a very long garbage collection: its timers
   * are late, and what others send waits in its sockets. Does nothing if it pauses.
   *
   * @throws IllegalStateException if it does not run
   */
  public void pause() {
    requireRunning("pause()");
    process.pause();
  }

  /** Its tasks run on. Does nothing if it does not pause. */
  public void resume() {
    process.resume();
  }

  /**
   * Sets its clock, {@code Instant.now()} and the like, ahead of the loop's, or behind if {@code
   * ahead} is negative. How long it sleeps and waits stays right. That lasts over a restart.
   *
   * @param ahead by how much
   */
  public void skewClock(Duration ahead) {
    this.ahead = ahead;
    process.skewClock(ahead);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name();
  }
}
