package dev.standstill.network.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Numbers of files come one after the other, and again when they are free. */
class NumbersTest {

  private final Set<Integer> taken = new HashSet<>();
  private final Numbers numbers = new Numbers(100, 3, taken::contains);

  private int open() {
    int number = numbers.take();
    taken.add(number);
    return number;
  }

  @Test
  void oneThatWasClosedIsTakenWhenAllOthersWere() {
    assertThat(List.of(open(), open())).containsExactly(100, 101);
    taken.remove(100);

    assertThat(List.of(open(), open())).containsExactly(102, 100);
  }

  @Test
  void thereAreNoMoreThanThereAre() {
    open();
    open();
    open();

    assertThatIllegalStateException()
        .isThrownBy(numbers::take)
        .withMessage("Too many open files: the network of a loop has 3 at the most.");
  }
}
