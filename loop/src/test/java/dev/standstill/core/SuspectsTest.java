package dev.standstill.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuspectsTest {

  private final Slices slices = new Slices();
  private final Suspects suspects = new Suspects();

  @Test
  void areThoseThatWereAddedAndNotTakenAwayWhateverTheOrder() {
    List<TaskRecord> tasks = new ArrayList<>();
    for (int id = 1; id <= 10; id++) {
      tasks.add(task(id));
    }
    List<TaskRecord> expected = new ArrayList<>();
    Random random = new Random(42);
    for (int i = 0; i < 1_000; i++) {
      TaskRecord task = tasks.get(random.nextInt(tasks.size()));
      if (random.nextBoolean()) {
        suspects.add(task);
        expected.remove(task);
        expected.add(task);
      } else {
        suspects.remove(task);
        expected.remove(task);
      }
      expected.sort(Comparator.comparingInt(TaskRecord::id));
      assertEquals(expected, suspects.inOrder());
      assertEquals(expected.isEmpty(), suspects.isEmpty());
    }
  }

  @Test
  void aTaskThatIsAddedTwiceIsThereOnce() {
    TaskRecord task = task(1);
    suspects.add(task);
    suspects.add(task);
    assertEquals(List.of(task), suspects.inOrder());
    suspects.remove(task);
    assertTrue(suspects.isEmpty());
  }

  private TaskRecord task(int id) {
    TaskRecord task = new TaskRecord(slices.start("", () -> {}), null);
    task.id(id);
    return task;
  }
}
