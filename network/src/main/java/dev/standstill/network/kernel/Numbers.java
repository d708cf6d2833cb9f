package dev.standstill.network.kernel;

import java.util.function.IntPredicate;

/** The numbers of files, one after the other, so that one that was closed is not soon another's. */
final class Numbers {

  private final int first;
  private final int most;
  private final IntPredicate isTaken;
  private int next;

  /**
   * @param first the first of them
   * @param most how many there are
   * @param isTaken whether a file has the number
   */
  Numbers(int first, int most, IntPredicate isTaken) {
    this.first = first;
    this.most = most;
    this.isTaken = isTaken;
  }

  /**
   * Takes a number that no file has.
   *
   * @throws IllegalStateException if there is none
   */
  int take() {
    for (int tried = 0; tried < most; tried++) {
      int number = first + next;
      next = (next + 1) % most;
      if (!isTaken.test(number)) {
        return number;
      }
    }
    throw new IllegalStateException(
        "Too many open files: the network of a loop has %d at the most.".formatted(most));
  }
}
