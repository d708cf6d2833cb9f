package dev.standstill.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures everything, in fresh JVMs, one after the other, and prints the tables. */
final class Bench {

  private static final String USAGE =
      "Usage: bench/run [--quick] [ROW...], where a ROW is part of a row's label";

  private Bench() {}

  static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    boolean quick = words.contains("--quick");
    List<String> wanted = words.stream().filter(word -> !word.equals("--quick")).toList();
    List<Row> rows = Stream.of(Row.values()).filter(row -> isWanted(row, wanted)).toList();
    if (rows.isEmpty() || wanted.stream().anyMatch(word -> word.startsWith("-"))) {
      System.err.println(USAGE);
      System.exit(2);
    }
    System.out.print(new Report(measure(rows, quick ? Effort.QUICK : Effort.FULL)));
  }

  private static boolean isWanted(Row row, List<String> wanted) {
    return wanted.isEmpty() || wanted.stream().anyMatch(row.label()::contains);
  }

  /**
   * Round by round rather than row by row, so that a machine that is busy for a while is so for
   * all.
   */
  private static Results measure(List<Row> rows, Effort effort) throws Exception {
    Results results = new Results();
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Row row : rows) {
        System.err.printf("Round %d of %d: %s%n", round, effort.rounds(), row.label());
        for (Map.Entry<Contestant, Measurement> cell : row.cells().entrySet()) {
          results.add(row, cell.getKey(), cell.getValue().measure(cell.getKey(), effort));
        }
      }
    }
    return results;
  }
}
