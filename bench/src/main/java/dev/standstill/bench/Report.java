package dev.standstill.bench;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The results as two tables in Markdown: the numbers, and what the budgets say of them. */
final class Report {

  private static final int LABEL_WIDTH = 62;
  private static final int WIDTH = 10;

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  @Override
  public String toString() {
    return "%s%n%n%s%n%s".formatted(machine(), numbers(), budgets());
  }

  private static String machine() {
    return "%s %s, %s %s, %d processors. Medians of the rounds."
        .formatted(
            System.getProperty("java.vm.vendor"),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }

  private String numbers() {
    Stream<List<String>> rows =
        Stream.of(Row.values())
            .filter(row -> !cells(row).stream().allMatch(String::isEmpty))
            .map(row -> prepended(row.label() + ", " + row.unit(), cells(row)));
    return table(prepended("", shownContestants().map(Contestant::heading).toList()), rows);
  }

  /** Those of whom there is a number. */
  private Stream<Contestant> shownContestants() {
    return Stream.of(Contestant.values())
        .filter(contestant ->
            Stream.of(Row.values()).anyMatch(row -> results.of(row, contestant).length > 0));
  }

  private List<String> cells(Row row) {
    return shownContestants()
        .map(contestant -> results.of(row, contestant))
        .map(numbers -> numbers.length == 0 ? "" : shown(Results.median(numbers)))
        .toList();
  }

  private String budgets() {
    Stream<List<String>> rows =
        Budget.ALL.stream()
            .filter(budget -> budget.of().apply(results).length > 0)
            .map(this::cells);
    return table(List.of("", "median", "lowest", "highest", "budget", ""), rows);
  }

  private List<String> cells(Budget budget) {
    double[] numbers = budget.of().apply(results);
    double median = Results.median(numbers);
    return List.of(
        budget.what(),
        shown(median),
        shown(DoubleStream.of(numbers).min().orElseThrow()),
        shown(DoubleStream.of(numbers).max().orElseThrow()),
        shown(budget.limit()),
        median <= budget.limit() ? "met" : "missed");
  }

  private static List<String> prepended(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  /** A table in Markdown. */
  static String table(List<String> headings, Stream<List<String>> rows) {
    List<String> rules = prepended("---", Collections.nCopies(headings.size() - 1, "---:"));
    return Stream.concat(Stream.of(headings, rules), rows)
        .map(Report::line)
        .collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .skip(1)
        .map(cell -> " %" + WIDTH + "s |")
        .collect(Collectors.joining("", "| %-" + LABEL_WIDTH + "s |", "%n"))
        .formatted(cells.toArray());
  }

  /** Times and bytes are large, and ratios small. */
  static String shown(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%,.0f", number);
  }
}
