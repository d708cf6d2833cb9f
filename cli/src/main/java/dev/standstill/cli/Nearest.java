package dev.standstill.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a misspelled word was meant to be. */
final class Nearest {

  private Nearest() {}

  /** Returns the word that it takes the fewest changes to get to; empty if all are far away. */
  static Optional<String> to(String word, Collection<String> words) {
    return words.stream()
        .filter(other -> distance(word, other) <= Math.max(2, other.length() / 3))
        .min(Comparator.comparingInt(other -> distance(word, other)));
  }

  /** How many letters have to be added, left out, or replaced by others (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
