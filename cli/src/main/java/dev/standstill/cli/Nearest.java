package dev.standstill.cli;

import dev.standstill.test.spi.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a misspelled word was meant to be. */
final class Nearest {

  private Nearest() {}

  /** Returns the word that it takes the fewest changes to get to; empty if all are far away. */
  static Optional<String> to(String word, Collection<String> words) {
    return words.stream()
        .filter(other -> EditDistance.between(word, other) <= Math.max(2, other.length() / 3))
        .min(Comparator.comparingInt(other -> EditDistance.between(word, other)));
  }
}
