package dev.standstill.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.standstill.ThrowingRunnable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of waits, held against virtual threads that really wait. */
class ThreadStatesTest {

  /** How long a thread may take until it waits. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Thread thread = Thread.currentThread();

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForTestLoops();
  }

  @AfterEach
  void endThread() {
    thread.interrupt();
  }

  static Stream<Arguments> waits() {
    return Stream.of(
        wait("Condition.await", Blocked.CONDITION, ThreadStatesTest::awaitCondition),
        wait("Condition.awaitNanos", Blocked.CONDITION, ThreadStatesTest::awaitConditionForAnHour),
        wait("Object.wait", Blocked.MONITOR_WAIT, () -> waitIn(new Object())),
        wait("Object.wait(ms)", Blocked.MONITOR_WAIT, () -> waitForAnHourIn(new Object())),
        wait("sleep", Blocked.SLEEP, () -> Thread.sleep(Duration.ofHours(1))),
        wait("TimeUnit.sleep", Blocked.SLEEP, () -> TimeUnit.HOURS.sleep(1)),
        wait("join a platform thread", Blocked.JOIN, Thread.currentThread()::join),
        wait("join a virtual thread", Blocked.JOIN, neverEnding()::join),
        wait("join for an hour", Blocked.JOIN, () -> neverEnding().join(Duration.ofHours(1))),
        wait(
            "a lock of the program's own",
            Blocked.LOCK,
            () -> new OwnLock().acquireInterruptibly(1)),
        wait("CountDownLatch", Blocked.LATCH, new CountDownLatch(1)::await),
        wait("CyclicBarrier", Blocked.BARRIER, new CyclicBarrier(2)::await),
        wait("Phaser", Blocked.BARRIER, new Phaser(2)::arriveAndAwaitAdvance),
        wait("Exchanger", Blocked.BARRIER, () -> new Exchanger<String>().exchange("mine")),
        wait("Semaphore", Blocked.SEMAPHORE, new Semaphore(0)::acquire),
        wait("FutureTask", Blocked.FUTURE, () -> new FutureTask<>(() -> 1).get()),
        wait("CompletableFuture.get", Blocked.FUTURE, () -> new CompletableFuture<>().get()),
        wait("CompletableFuture.join", Blocked.FUTURE, () -> new CompletableFuture<>().join()),
        wait(
            "CompletableFuture.get(time)",
            Blocked.FUTURE,
            () -> new CompletableFuture<>().get(1, TimeUnit.HOURS)),
        take(new LinkedBlockingQueue<>()),
        take(new LinkedBlockingDeque<>()),
        take(new LinkedTransferQueue<>()),
        take(new ArrayBlockingQueue<>(1)),
        take(new PriorityBlockingQueue<>()),
        take(new SynchronousQueue<>()),
        wait("DelayQueue", Blocked.QUEUE, () -> new DelayQueue<Delayed>().take()),
        wait(
            "BlockingQueue.poll",
            Blocked.QUEUE,
            () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.HOURS)),
        wait("BlockingQueue.put", Blocked.QUEUE, ThreadStatesTest::putIntoFull),
        wait("LockSupport.park", Blocked.PARK, ThreadStatesTest::parkForever),
        wait("Socket.read", Blocked.SOCKET, ThreadStatesTest::readSocket),
        wait("ServerSocket.accept", Blocked.SOCKET, ThreadStatesTest::accept),
        wait("SocketChannel.read", Blocked.SOCKET, ThreadStatesTest::readChannel));
  }

  private static Arguments wait(String name, Blocked on, ThrowingRunnable body) {
    return argumentSet(name, on, body);
  }

  private static Arguments take(BlockingQueue<String> queue) {
    return wait(queue.getClass().getSimpleName(), Blocked.QUEUE, queue::take);
  }

  @ParameterizedTest
  @MethodSource("waits")
  void knowsWhatAThreadWaitsFor(Blocked on, ThrowingRunnable body) throws Exception {
    lookInto(on, body);
  }

  /** The frames of a task that is a method of the JDK are the JDK's down to the loop's own. */
  @ParameterizedTest
  @MethodSource("waits")
  void knowsItInsideAFutureTaskToo(Blocked on, ThrowingRunnable body) throws Exception {
    FutureTask<Void> task = new FutureTask<>(called(body));
    lookInto(on, task::run);
  }

  private static Callable<Void> called(ThrowingRunnable body) {
    return () -> {
      body.run();
      return null;
    };
  }

  @Test
  void knowsWhatATaskWaitsForThatIsAMethodOfTheJdk() throws Exception {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    lookInto(Blocked.QUEUE, new FutureTask<>(queue::take)::run);
    Semaphore none = new Semaphore(0);
    CompletableFuture<?>[] async = {null};
    Runnable acquire = none::acquireUninterruptibly;
    lookIntoThreadOf(Blocked.SEMAPHORE, run -> async[0] = CompletableFuture.runAsync(acquire, run));
    none.release();
    async[0].join();
  }

  @Test
  void namesTheOwnerOfALock() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    BlockedThread look = lookInto(Blocked.LOCK, lock::lockInterruptibly);
    assertThat(look.owner()).isSameAs(Thread.currentThread());
  }

  @Test
  void namesTheWriterThatHoldsAReadWriteLock() throws Exception {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    lock.writeLock().lock();
    BlockedThread look = lookInto(Blocked.LOCK, lock.readLock()::lockInterruptibly);
    assertThat(look.owner()).isSameAs(Thread.currentThread());
  }

  @Test
  void knowsAStampedLockThoughItHasNoOwner() throws Exception {
    StampedLock lock = new StampedLock();
    lock.writeLock();
    BlockedThread look = lookInto(Blocked.LOCK, lock::writeLockInterruptibly);
    assertThat(look.owner()).isNull();
  }

  @Test
  void showsTheMonitorThatAThreadWaitsToEnterAndThoseItHolds() throws Exception {
    Object held = new Object();
    Object wanted = new Object();
    synchronized (wanted) {
      BlockedThread look =
          lookInto(
              Blocked.MONITOR,
              () -> {
                synchronized (held) {
                  enter(wanted);
                }
              });
      assertThat(look.object()).isSameAs(wanted);
      assertThat(look.monitors()).containsExactly(held);
    }
  }

  @Test
  void showsTheObjectInWhichAThreadWaits() throws Exception {
    Object monitor = new Object();
    BlockedThread look = lookInto(Blocked.MONITOR_WAIT, () -> waitIn(monitor));
    assertThat(look.object()).isSameAs(monitor);
    assertThat(look.monitors()).isEmpty();
  }

  @Test
  void showsTheStackInnermostFrameFirst() throws Exception {
    BlockedThread look = lookInto(Blocked.CONDITION, ThreadStatesTest::awaitCondition);
    assertThat(look.stack())
        .extracting(StackTraceElement::getMethodName)
        .containsSubsequence("park", "await", "awaitCondition", "run");
  }

  @Test
  void seesNothingInAThreadThatHasEnded() throws Exception {
    thread = Thread.ofVirtual().start(() -> {});
    thread.join();
    assertThat(ThreadStates.inspect(thread, null)).isNull();
  }

  @Test
  void knowsWhoJoinsWhom() throws Exception {
    Thread joined = neverEnding();
    BlockedThread look = lookInto(Blocked.JOIN, joined::join);
    assertThat(ThreadStates.blockerOfJoins(joined)).isSameAs(look.object());
    assertThat(ThreadStates.blockerOfJoins(neverEnding())).isNull();
  }

  /** Starts a virtual thread and looks into it once it waits for what it is said to wait for. */
  private BlockedThread lookInto(Blocked on, ThrowingRunnable body) {
    return lookIntoThreadOf(on, run -> run.execute(() -> runUntilInterrupted(body)));
  }

  private static void runUntilInterrupted(ThrowingRunnable body) {
    try {
      body.run();
    } catch (Exception e) {
      assertThat(Thread.currentThread().isVirtual()).as("ended by the test").isTrue();
    }
  }

  /** On its way there a thread may wait for other things, such as a class that is being loaded. */
  private BlockedThread lookIntoThreadOf(Blocked on, Consumer<Executor> start) {
    start.accept(body -> thread = Thread.ofVirtual().start(body));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while ((inspect().on() != on || isRunning()) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    BlockedThread atRest = inspect(); // the look before may have come just before the park
    assertThat(atRest.on()).isEqualTo(on);
    return atRest;
  }

  private BlockedThread inspect() {
    BlockedThread look = ThreadStates.inspect(thread, null);
    assertThat(look).as("look into a living thread").isNotNull();
    return look;
  }

  private boolean isRunning() {
    return thread.getState() == Thread.State.RUNNABLE;
  }

  private static Thread neverEnding() {
    return Thread.ofVirtual().start(ThreadStatesTest::parkForever);
  }

  private static void awaitCondition() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    lock.newCondition().await();
  }

  private static void awaitConditionForAnHour() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    lock.newCondition().await(1, TimeUnit.HOURS);
  }

  private static void waitIn(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait();
    }
  }

  private static void waitForAnHourIn(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait(TimeUnit.HOURS.toMillis(1));
    }
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      Thread.onSpinWait();
    }
  }

  private static void putIntoFull() throws InterruptedException {
    BlockingQueue<String> full = new ArrayBlockingQueue<>(1);
    full.put("first");
    full.put("second");
  }

  private static void parkForever() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }

  private static void readSocket() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
      socket.getInputStream().read();
    }
  }

  private static void accept() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.accept().close();
    }
  }

  private static void readChannel() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel channel = SocketChannel.open(server.getLocalSocketAddress())) {
      channel.read(ByteBuffer.allocate(1));
    }
  }

  /** A lock that is held for ever. */
  private static final class OwnLock extends AbstractQueuedSynchronizer {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean tryAcquire(int ignored) {
      return false;
    }
  }
}
