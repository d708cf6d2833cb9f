package dev.standstill.jdbc.dialect;

import java.util.List;
import java.util.Locale;

/**
 * One statement of an SQL text, as far as its first words tell what it is. Immutable.
 *
 * @param text the whole statement as it was written
 * @param words its first words in upper case, at most {@value #WORDS}
 */
record SqlStatement(String text, List<String> words) {

  static final int WORDS = 5;

  /** Whether it begins with these words, given in upper case with a blank between two. */
  boolean startsWith(String prefix) {
    List<String> first = List.of(prefix.split(" "));
    return words.size() >= first.size() && words.subList(0, first.size()).equals(first);
  }

  /** Whether {@code text}, in upper case, is anywhere in it, however that is written. */
  boolean mentions(String text) {
    return this.text.toUpperCase(Locale.ROOT).contains(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
