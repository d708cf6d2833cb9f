package dev.standstill.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The numbers measured so far, by row, contestant and round. */
final class Results {

  private final Map<Row, Map<Contestant, double[]>> numbers = new EnumMap<>(Row.class);

  void add(Row row, Contestant contestant, double number) {
    numbers
        .computeIfAbsent(row, key -> new EnumMap<>(Contestant.class))
        .merge(contestant, new double[] {number}, Results::joined);
  }

  /** The numbers of all rounds, the first first; empty if there are none. */
  double[] of(Row row, Contestant contestant) {
    return numbers.getOrDefault(row, Map.of()).getOrDefault(contestant, new double[0]);
  }

  /** One number divided by another, round by round, because machines differ from hour to hour. */
  double[] ratios(Row row, Contestant over, Contestant under) {
    return roundByRound(row, over, under, (dividend, divisor) -> dividend / divisor);
  }

  /** The number of one row divided by that of another, times a factor, round by round. */
  double[] ratios(Row over, Row under, Contestant contestant, double factor) {
    double[] dividends = of(over, contestant);
    double[] divisors = of(under, contestant);
    return IntStream.range(0, Math.min(dividends.length, divisors.length))
        .mapToDouble(round -> factor * dividends[round] / divisors[round])
        .toArray();
  }

  /** One number less another, round by round. */
  double[] differences(Row row, Contestant minuend, Contestant subtrahend) {
    return roundByRound(row, minuend, subtrahend, (more, less) -> more - less);
  }

  private double[] roundByRound(
      Row row, Contestant left, Contestant right, DoubleBinaryOperator operator) {
    double[] ofLeft = of(row, left);
    double[] ofRight = of(row, right);
    return IntStream.range(0, Math.min(ofLeft.length, ofRight.length))
        .mapToDouble(round -> operator.applyAsDouble(ofLeft[round], ofRight[round]))
        .toArray();
  }

  static double median(double[] numbers) {
    double[] sorted = DoubleStream.of(numbers).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double[] joined(double[] before, double[] added) {
    double[] all = Arrays.copyOf(before, before.length + added.length);
    System.arraycopy(added, 0, all, before.length, added.length);
    return all;
  }
}
