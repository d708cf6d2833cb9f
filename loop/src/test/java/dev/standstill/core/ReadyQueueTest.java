package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyQueueTest {

  private final ReadyQueue queue = new ReadyQueue();

  @Test
  void givesOutInTheOrderInWhichItWasFilled() {
    List<Runnable> slices = add(1_000);
    assertThat(takeAllAtHead()).containsExactlyElementsOf(slices);
  }

  @Test
  void keepsTheOrderWhenItGrowsInTheMiddleOfTheRing() {
    add(50);
    for (int i = 0; i < 50; i++) {
      queue.take(0);
    }
    List<Runnable> slices = add(200);
    assertThat(takeAllAtHead()).containsExactlyElementsOf(slices);
  }

  @Test
  void putsOneInThePlaceOfAnotherThatWaits() {
    List<Runnable> slices = add(3);
    Runnable other = () -> {};
    queue.replace(1, other);
    assertThat(takeAllAtHead()).containsExactly(slices.get(0), other, slices.get(2));
  }

  @Test
  void movesTheHeadIntoTheGapThatTakingElsewhereLeaves() {
    List<Runnable> slices = add(4);
    assertThat(queue.take(2)).isSameAs(slices.get(2));
    assertThat(takeAllAtHead()).containsExactly(slices.get(1), slices.get(0), slices.get(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -64, 3, 64, 67})
  void refusesAPositionThatHoldsNothing(int position) {
    add(3);
    assertThatThrownBy(() -> queue.take(position))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("The strategy chose ready task " + position + " of 3.");
    assertThat(queue.size()).isEqualTo(3);
  }

  @Test
  void agreesWithAListWhateverIsAddedAndTaken() {
    for (long seed = 0; seed < 1_000; seed++) {
      assertAgreesWithAList(new Random(seed), seed);
    }
  }

  private static void assertAgreesWithAList(Random random, long seed) {
    ReadyQueue queue = new ReadyQueue();
    List<Runnable> model = new ArrayList<>();
    int bound = 1 + random.nextInt(200);
    for (int step = 0; step < 300; step++) {
      if (model.isEmpty() || random.nextInt(bound) > model.size()) {
        Runnable slice = slice();
        queue.add(slice);
        model.add(slice);
      } else {
        int position = random.nextInt(model.size());
        assertThat(queue.take(position)).as("seed %d", seed).isSameAs(takeFrom(model, position));
      }
      assertThat(queue.size()).as("seed %d", seed).isEqualTo(model.size());
    }
  }

  private static Runnable takeFrom(List<Runnable> model, int position) {
    Runnable taken = model.get(position);
    model.set(position, model.getFirst());
    model.removeFirst();
    return taken;
  }

  private List<Runnable> add(int count) {
    List<Runnable> slices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slices.add(slice());
    }
    slices.forEach(queue::add);
    return slices;
  }

  private List<Runnable> takeAllAtHead() {
    List<Runnable> taken = new ArrayList<>();
    while (queue.size() > 0) {
      taken.add(queue.take(0));
    }
    return taken;
  }

  /** A new object each time, which a lambda that captures nothing would not be. */
  private static Runnable slice() {
    return new Thread();
  }
}
