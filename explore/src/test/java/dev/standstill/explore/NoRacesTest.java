package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Guards;
import dev.standstill.explore.programs.HandedOver;
import dev.standstill.explore.programs.Ordered;
import dev.standstill.explore.programs.Published;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No race is told of a program in which something orders all accesses, whatever that is. */
class NoRacesTest {

  static Stream<Arguments> programs() {
    return Stream.of(
        program("start", Ordered::start),
        program("join", Ordered::join),
        program("isAlive", Ordered::isAlive),
        program("interrupt", Ordered::interrupt),
        program("pool", Ordered::pool),
        program("invokeAll", Ordered::invokeAll),
        program("pool of one thread", Ordered::confinement),
        program("CountDownLatch", Ordered::latch),
        program("CyclicBarrier", Ordered::barrier),
        program("Phaser", Ordered::phases),
        program("Exchanger", Ordered::exchanger),
        program("wait and notify", Ordered::waitAndNotify),
        program("synchronized methods", Ordered::synchronizedMethods),
        program("static synchronized methods", Ordered::staticMonitor),
        program("synchronized collections", Ordered::synchronizedCollections),
        program("Semaphore", Ordered::semaphore),
        program("LockSupport", Ordered::park),
        program("ThreadLocal", Ordered::threadLocal),
        program("Timer", Ordered::timer),
        program("ScheduledExecutorService", Ordered::scheduled),
        program("elements", Ordered::elements),
        program("volatile flag", Published::volatileFlag),
        program("double-checked locking", Published::doubleCheckedLocking),
        program("class initialisation", Published::classInitialisation),
        program("final fields", Published::finalFields),
        program("VarHandle", Published::releaseAndAcquire),
        program("AtomicReference", Published::atomicReference),
        program("AtomicBoolean", Published::compareAndSet),
        program("concurrent collections", Published::collections),
        program("computeIfAbsent", Published::computeIfAbsent),
        program("BlockingQueue", Published::queues),
        program("CompletableFuture", Published::future),
        program("FutureTask", Published::futureTask),
        program("ForkJoinPool", Published::forkJoin),
        program("ReadWriteLock", Published::readWriteLock),
        program("optimistic read", Published::optimisticRead),
        program("Condition", Published::condition),
        program("action of a CyclicBarrier", HandedOver::barrierAction),
        program("action of a Phaser", HandedOver::phaserAction),
        program("updaters of fields", HandedOver::updaters),
        program("volatile elements", HandedOver::volatileElements),
        program("StampedLock", HandedOver::stampedLock),
        program("tryLock", HandedOver::triedLock),
        program("isInterrupted", HandedOver::isInterrupted),
        program("UncaughtExceptionHandler", HandedOver::uncaught),
        program("InheritableThreadLocal", HandedOver::inherited),
        program("CompletionService", HandedOver::completionService),
        program("SynchronousQueue", HandedOver::rendezvous),
        program("DelayQueue", HandedOver::delays),
        program("stages", HandedOver::stages),
        program("parallel stream", HandedOver::parallelStream),
        program("SubmissionPublisher", HandedOver::publisher),
        program("Event and Task", HandedOver::loop),
        program("initialiser", HandedOver::initialiser),
        program("monitors of libraries", Guards::withLibrary),
        program("interrupted waits", Guards::interrupted),
        program("monitors entered again", Guards::entersAgain),
        program("order of notifies", Guards::notifiesInOrder));
  }

  static Stream<Arguments> correctPrograms() {
    return CorrectProgramsTest.programs();
  }

  private static Arguments program(String name, ClassicBugsTest.Program program) {
    return Arguments.of(name, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"programs", "correctPrograms"})
  void areNotMadeUp(String name, ClassicBugsTest.Program program) {
    assertHasNone(exploration(program).schedules(name.contains("H2") ? 200 : 2_000));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"programs", "correctPrograms"})
  void areNotMadeUpIfAllAccessesArePoints(String name, ClassicBugsTest.Program program) {
    assertHasNone(exploration(program).plainFields().schedules(name.contains("H2") ? 50 : 500));
  }

  /** So many schedules that they are 1,000,000 in all, half of them with all accesses as points. */
  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("correctPrograms")
  void areNotMadeUpInAMillionSchedules(String name, ClassicBugsTest.Program program) {
    int schedules = name.contains("H2") ? 20_000 : 60_000;
    assertHasNone(exploration(program).schedules(schedules));
    assertHasNone(exploration(program).plainFields().schedules(schedules));
  }

  private static void assertHasNone(Exploration exploration) {
    ExplorationResult result = exploration.run();
    assertThat(result.races()).as(result.toString()).isEmpty();
    result.orThrow();
  }

  private static Exploration exploration(ClassicBugsTest.Program program) {
    return Exploration.of(loop -> program.run());
  }
}
