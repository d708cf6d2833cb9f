package dev.standstill.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures the build of another commit and this one in turns, each in JVMs of its own, and prints
 * by how much each number has changed.
 */
final class Against {

  private static final int ROUNDS = 3;

  /** A number that has grown by more is marked. */
  private static final double TOLERATED = 1.05;

  /** The numbers of a cell, "row, unit" and then the contestant, in the order of the rounds. */
  private final Map<String, List<Double>> before = new LinkedHashMap<>();

  private final Map<String, List<Double>> after = new LinkedHashMap<>();

  private Against() {}

  /** Takes the class paths of the other build and of this one, and the rows that are wanted. */
  static void main(String[] args) throws Exception {
    List<String> wanted = Arrays.asList(args).subList(2, args.length);
    List<String> rows =
        Stream.of(Row.values())
            .map(Row::label)
            .filter(label -> wanted.isEmpty() || wanted.stream().anyMatch(label::contains))
            .toList();
    if (rows.isEmpty()) {
      System.err.println("No row's label contains " + String.join(" or ", wanted) + ".");
      System.exit(2);
    }
    Against against = new Against();
    for (int round = 1; round <= ROUNDS; round++) {
      for (String row : rows) {
        System.err.printf("Round %d of %d: %s%n", round, ROUNDS, row);
        against.measure(row, args[0], args[1], round % 2 == 0);
      }
    }
    System.out.print(against.table());
  }

  /** The one that is measured second finds the machine warm, so they take turns at that, too. */
  private void measure(String row, String other, String own, boolean ownFirst) throws Exception {
    if (ownFirst) {
      add(row, own, after);
      add(row, other, before);
    } else {
      add(row, other, before);
      add(row, own, after);
    }
  }

  private static void add(String row, String classPath, Map<String, List<Double>> numbers)
      throws Exception {
    List<List<String>> table = table(run(row, classPath));
    List<String> headings = table.getFirst();
    for (List<String> line : table.subList(1, table.size())) {
      for (int column = 1; column < line.size(); column++) {
        if (!line.get(column).isEmpty()) {
          numbers
              .computeIfAbsent(line.get(0) + ", " + headings.get(column), cell -> new ArrayList<>())
              .add(Double.valueOf(line.get(column).replace(",", "")));
        }
      }
    }
  }

  /** What the other build prints for one row; nothing if it has no such row. */
  private static String run(String row, String classPath) throws Exception {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "dev.standstill.bench.Bench",
                "--quick",
                row)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return jvm.waitFor() == 0 ? printed : "";
  }

  /** The first table in Markdown, line by line and cell by cell, without the line of rules. */
  private static List<List<String>> table(String printed) {
    List<List<String>> lines =
        printed
            .lines()
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Stream.of(line.substring(1).split("\\|")).map(String::strip).toList())
            .filter(cells -> !cells.getFirst().equals("---"))
            .toList();
    return lines.isEmpty() ? List.of(List.of()) : lines;
  }

  private String table() {
    Stream<List<String>> changes =
        after.entrySet().stream()
            .filter(cell -> before.containsKey(cell.getKey()))
            .map(cell ->
                change(
                    cell.getKey(), before.getOrDefault(cell.getKey(), List.of()), cell.getValue()));
    return Report.table(
        List.of("", "before", "after", "after / before", "lowest", "highest", ""), changes);
  }

  private static List<String> change(String cell, List<Double> before, List<Double> after) {
    double[] ratios =
        IntStream.range(0, Math.min(before.size(), after.size()))
            .mapToDouble(round -> after.get(round) / before.get(round))
            .toArray();
    return List.of(
        cell,
        Report.shown(median(before)),
        Report.shown(median(after)),
        Report.shown(Results.median(ratios)),
        Report.shown(DoubleStream.of(ratios).min().orElseThrow()),
        Report.shown(DoubleStream.of(ratios).max().orElseThrow()),
        Results.median(ratios) > TOLERATED ? "slower" : "");
  }

  private static double median(List<Double> numbers) {
    return Results.median(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
