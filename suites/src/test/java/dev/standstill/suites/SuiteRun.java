package dev.standstill.suites;

import dev.standstill.children.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of a whole suite.
 *
 * @param tests what came of each test, by its unique id
 * @param real how long its process took
 * @param printed what it printed
 */
record SuiteRun(Map<String, Outcome> tests, Duration real, String printed) {

  /** More than the slowest suite takes plainly on a machine that does other things besides. */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final Pattern VIRTUAL =
      Pattern.compile("(?:slices?, virtual|Virtual time) (.*), real ");

  /** Runs a suite's command; its report is written into a directory, which is its working one. */
  static SuiteRun of(List<String> command, Path directory)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    List<String> all = new ArrayList<>(command);
    all.add("--reports-dir=" + directory);
    long began = System.nanoTime();
    Child.Result result =
        Child.run(
            new ProcessBuilder(all).directory(directory.toFile()).redirectErrorStream(true), LIMIT);
    Duration real = Duration.ofNanos(System.nanoTime() - began);
    return new SuiteRun(TestReport.outcomesIn(directory), real, result.out());
  }

  Outcome outcomeOf(String test) {
    return tests.getOrDefault(test, Outcome.DID_NOT_RUN);
  }

  long count(Outcome.Kind kind) {
    return tests.values().stream().filter(outcome -> outcome.kind() == kind).count();
  }

  /** Returns the virtual time that has passed, as it was printed; empty if it was not. */
  String virtual() {
    Matcher matcher = VIRTUAL.matcher(printed);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Returns the first line of the report about a suite whose tests run on loops; empty if none. */
  String summary() {
    return printed.lines().filter(line -> line.startsWith("Standstill: ")).findFirst().orElse("");
  }

  /** Returns the last lines that were printed. */
  String end() {
    List<String> lines = printed.lines().toList();
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
