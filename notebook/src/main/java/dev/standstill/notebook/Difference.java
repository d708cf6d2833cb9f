package dev.standstill.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The difference between two texts.
 *
 * @param expected what should have been
 * @param actual what was
 */
record Difference(String expected, String actual) {

  /** Whose line it is. */
  enum Side {
    BOTH,
    EXPECTED,
    ACTUAL
  }

  /** A line of either text, or of both. */
  record Line(Side side, String text) {}

  /** More lines than that are not compared with each other: the work grows with their product. */
  private static final int LIMIT = 2_000;

  /**
   * Lines of both texts, so that as few as possible are of one only: a longest common subsequence,
   * found by dynamic programming (Wagner and Fischer, 1974).
   */
  List<Line> lines() {
    List<String> left = expected.lines().toList();
    List<String> right = actual.lines().toList();
    return left.size() > LIMIT || right.size() > LIMIT
        ? concat(left, right)
        : walk(left, right, common(left, right));
  }

  private static List<Line> concat(List<String> left, List<String> right) {
    return Stream.concat(
            left.stream().map(text -> new Line(Side.EXPECTED, text)),
            right.stream().map(text -> new Line(Side.ACTUAL, text)))
        .toList();
  }

  /** How many lines the rests of the two texts, from given lines on, have in common. */
  private static int[][] common(List<String> left, List<String> right) {
    int[][] common = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        common[i][j] =
            left.get(i).equals(right.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<Line> walk(List<String> left, List<String> right, int[][] common) {
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
        lines.add(new Line(Side.BOTH, left.get(i++)));
        j++;
      } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Side.EXPECTED, left.get(i++)));
      } else {
        lines.add(new Line(Side.ACTUAL, right.get(j++)));
      }
    }
    return lines;
  }
}
