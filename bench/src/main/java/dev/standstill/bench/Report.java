package dev.standstill.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The results as two tables: the numbers, and what the budgets say of them. */
final class Report {

  private static final String LABEL = "%-40s";
  private static final String COLUMN = "%12s";
  private static final String BUDGET = "%-60s%8s%16s%10s  %s%n";

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  @Override
  public String toString() {
    return "%s%n%s%s%n%s%s".formatted(machine(), heading(), numbers(), budgetHeading(), budgets());
  }

  private static String machine() {
    return "%s %s, %s, %d processors. Median of the rounds; \"JDK\" is its scheduler with parallelism 1.%n"
        .formatted(
            System.getProperty("java.vm.vendor"),
            Runtime.version(),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }

  private static String heading() {
    return LABEL.formatted("")
        + columns(Stream.of(Contestant.values()).map(Contestant::heading))
        + System.lineSeparator();
  }

  private String numbers() {
    return Stream.of(Row.values())
        .filter(row -> row.cells().keySet().stream().anyMatch(c -> results.of(row, c).length > 0))
        .map(this::line)
        .collect(Collectors.joining());
  }

  private String line(Row row) {
    return LABEL.formatted(row.label() + ", " + row.unit())
        + columns(Stream.of(Contestant.values()).map(contestant -> cell(row, contestant)))
        + System.lineSeparator();
  }

  private String cell(Row row, Contestant contestant) {
    double[] numbers = results.of(row, contestant);
    return numbers.length == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", Results.median(numbers));
  }

  private static String columns(Stream<String> cells) {
    return cells.map(COLUMN::formatted).collect(Collectors.joining());
  }

  private static String budgetHeading() {
    return BUDGET.formatted("", "median", "lowest, highest", "budget", "");
  }

  private String budgets() {
    return Budget.ALL.stream()
        .filter(budget -> budget.of().apply(results).length > 0)
        .map(this::line)
        .collect(Collectors.joining());
  }

  private String line(Budget budget) {
    double[] numbers = budget.of().apply(results);
    double median = Results.median(numbers);
    double lowest = DoubleStream.of(numbers).min().orElseThrow();
    double highest = DoubleStream.of(numbers).max().orElseThrow();
    return BUDGET.formatted(
        budget.what(),
        shown(median),
        shown(lowest) + ", " + shown(highest),
        shown(budget.limit()),
        median <= budget.limit() ? "met" : "missed");
  }

  private static String shown(double number) {
    return String.format(Locale.ROOT, number < 100 ? "%.2f" : "%,.0f", number);
  }
}
