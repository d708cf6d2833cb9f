package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryQueueTest {

  private static final int THREADS = 8;
  private static final int PER_THREAD = 20_000;

  /** An entry's work that says who added it, and as which of its own. */
  private record Work(int thread, int number) implements Runnable {
    @Override
    public void run() {}
  }

  private final EntryQueue queue = new EntryQueue();

  @Test
  void givesOutInTheOrderInWhichItWasFilled() {
    List<Work> added = IntStream.range(0, 100).mapToObj(i -> new Work(0, i)).toList();
    added.forEach(work -> queue.add(EntryQueue.Entry.action(work)));
    assertThat(drain()).isEqualTo(added);
  }

  @Test
  void isEmptyUntilSomethingIsAddedAndAfterItWasDrained() {
    assertThat(queue.isEmpty()).isTrue();
    queue.add(EntryQueue.Entry.action(new Work(0, 0)));
    assertThat(queue.isEmpty()).isFalse();
    drain();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(drain()).isEmpty();
  }

  @Test
  void leavesWhatIsAddedDuringADrainToTheNext() {
    queue.add(EntryQueue.Entry.action(() -> queue.add(EntryQueue.Entry.action(new Work(0, 1)))));
    queue.drainTo(entry -> entry.work.run());
    assertThat(drain()).containsExactly(new Work(0, 1));
  }

  @Test
  void losesNothingAndKeepsTheOrderOfEachOfManyThreads() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(id -> Thread.ofPlatform().start(() -> add(id)))
            .toList();
    List<Work> drained = new ArrayList<>();
    while (drained.size() < THREADS * PER_THREAD && anyIsAlive(threads)) {
      drained.addAll(drain());
    }
    for (Thread thread : threads) {
      thread.join();
    }
    drained.addAll(drain());
    assertThat(drained).hasSize(THREADS * PER_THREAD);
    for (int id = 0; id < THREADS; id++) {
      assertThat(numbersOf(id, drained)).isEqualTo(IntStream.range(0, PER_THREAD).boxed().toList());
    }
  }

  private static boolean anyIsAlive(List<Thread> threads) {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  private static List<Integer> numbersOf(int id, List<Work> drained) {
    return drained.stream().filter(work -> work.thread() == id).map(Work::number).toList();
  }

  private void add(int id) {
    for (int number = 0; number < PER_THREAD; number++) {
      queue.add(EntryQueue.Entry.action(new Work(id, number)));
    }
  }

  private List<Work> drain() {
    List<Work> drained = new ArrayList<>();
    queue.drainTo(entry -> drained.add((Work) entry.work));
    return drained;
  }
}
