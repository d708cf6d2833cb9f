package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTableTest {

  private final Slices slices = new Slices();
  private final TaskTable tasks = new TaskTable();

  @Test
  void numbersTasksInTheOrderInWhichTheyWereAdded() {
    TaskRecord first = add("first");
    TaskRecord second = add("second");
    assertThat(first.id()).isEqualTo(1);
    assertThat(second.id()).isEqualTo(2);
  }

  @Test
  void listsTheLivingInTheOrderInWhichTheyWereAdded() {
    List<TaskRecord> living = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      TaskRecord task = add("task " + i);
      if (i % 3 == 0) {
        tasks.remove(task.thread());
      } else {
        living.add(task);
      }
    }
    assertThat(tasks.inOrder()).containsExactlyElementsOf(living);
  }

  @Test
  void countsThoseThatLiveAndAllThatWereStarted() {
    add("one");
    tasks.remove(add("other").thread());
    assertThat(tasks.size()).isEqualTo(1);
    assertThat(tasks.started()).isEqualTo(2);
  }

  @Test
  void findsATaskByItsThreadAndNoOther() {
    TaskRecord task = add("known");
    assertThat(tasks.of(task.thread())).isSameAs(task);
    assertThat(tasks.of(Thread.currentThread())).isNull();
  }

  @Test
  void forgetsATaskOnceItsThreadHasEnded() throws InterruptedException {
    Thread thread = slices.start("yields once", Thread::yield);
    tasks.add(new TaskRecord(thread, null));
    tasks.removeIfEnded(slices.runNext());
    assertThat(tasks.size()).isEqualTo(1);
    tasks.removeIfEnded(slices.runNext());
    assertThat(tasks.size()).isZero();
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void makesANameForATaskThatHasNone() {
    add("named");
    assertThat(add("").name()).isEqualTo("unnamed-2");
  }

  @Test
  void numbersWhatHasNoThreadYetWhenItComes() {
    int callback = tasks.expect();
    int next = tasks.expect();
    TaskRecord task = add("later");
    assertThat(tasks.size()).isEqualTo(3);
    assertThat(tasks.expected()).isEqualTo(2);

    TaskRecord shared = new TaskRecord(slices.start("", () -> {}), null);
    tasks.addExpected(shared, callback);
    assertThat(shared.name()).isEqualTo("unnamed-1");
    tasks.goesOn(shared, next);
    assertThat(shared.name()).isEqualTo("unnamed-2");
    assertThat(tasks.inOrder()).containsExactly(shared, task);
    assertThat(tasks.size()).isEqualTo(2);
    assertThat(tasks.expected()).isZero();
  }

  private TaskRecord add(String name) {
    TaskRecord task = new TaskRecord(slices.start(name, () -> {}), null);
    tasks.add(task);
    return task;
  }
}
