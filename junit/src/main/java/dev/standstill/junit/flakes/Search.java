package dev.standstill.junit.flakes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.platform.engine.UniqueId;

/**
 * Runs tests under one seed after the other, or explores some of their schedules after others, and
 * judges those that fail. All that have passed under the fewest schedules run together, so that a
 * search that is cut short has looked at all. For one thread.
 */
final class Search {

  private static final Failure NOT_EXPLORED = new Failure("it shares its loop with others", "");

  private final Runner runner;
  private final Way way;
  private final long end;
  private final LongSupplier clock;
  private final Consumer<Collection<Finding>> keeper;

  /** By JUnit's names, so in one order each time. */
  private final Map<String, Finding> findings = new TreeMap<>();

  private final Map<String, Long> goals = new TreeMap<>();

  /** Tests that are run no more in this search, although nothing bad is known of them. */
  private final Set<String> left = new TreeSet<>();

  /** Runs tests by JUnit. */
  interface Runner {
    /** Runs the test methods that JUnit calls so. */
    SuiteRun run(Collection<String> tests, Round round);
  }

  /**
   * @param end a moment of {@code clock} from which no further test begins
   * @param keeper is told what is known, again and again
   */
  Search(
      Runner runner, Way way, long end, LongSupplier clock, Consumer<Collection<Finding>> keeper) {
    this.runner = runner;
    this.way = way;
    this.end = end;
    this.clock = clock;
    this.keeper = keeper;
  }

  /** What is known of the tests of this search, and of what is above them if that fails. */
  Collection<Finding> findings() {
    return findings.values();
  }

  /** How many tests have not had all schedules that they were to have, since time was up. */
  long unfinished() {
    return findings.values().stream().filter(this::isDue).count();
  }

  boolean isOver() {
    return clock.getAsLong() - end >= 0;
  }

  /** Judges a test that fails first in, first out. */
  void addFailed(String test, String name, Failure failure) {
    Failure again = runner.run(List.of(test), Way.SEEDS.plain()).failures().get(test);
    Finding fresh = Finding.fresh(test, name);
    findings.put(
        test,
        again == null
            ? fresh.failed(Verdict.UNREPEATABLE, Way.SEEDS, null, failure)
            : fresh.failed(Verdict.BROKEN, Way.SEEDS, null, again));
  }

  /** Adds a test that passes first in, first out. */
  void add(Finding known, int schedules) {
    findings.put(known.id(), known.verdict() == Verdict.FLICKERS ? known : known.cleared());
    goals.put(known.id(), (known.done(way) / schedules + 1) * schedules);
  }

  /** Adds what is above tests, and has flickered in an earlier search. */
  void addContainer(Finding known) {
    findings.put(known.id(), known);
    left.add(known.id());
  }

  /** Runs under all schedules that are to be, or until time is up. */
  void run() {
    repeatKnown();
    keeper.accept(findings());
    List<Finding> next = next();
    while (!next.isEmpty() && !isOver()) {
      run(next);
      keeper.accept(findings());
      next = next();
    }
  }

  /** What has flickered, and does no more, is searched from the beginning. */
  private void repeatKnown() {
    for (Finding known : List.copyOf(findings.values())) {
      Long seed = known.seed();
      if (known.verdict() != Verdict.FLICKERS || seed == null) {
        continue;
      }
      Failure again =
          runner.run(testsIn(known.id()), known.way().again(seed)).failures().get(known.id());
      if (again != null) {
        findings.put(known.id(), judged(known, known.way(), seed, again));
      } else if (left.contains(known.id())) {
        findings.remove(known.id());
      } else {
        findings.put(known.id(), Finding.fresh(known.id(), known.name()));
      }
    }
  }

  private boolean isDue(Finding finding) {
    return finding.verdict() == Verdict.PASSES
        && !left.contains(finding.id())
        && missing(finding) > 0;
  }

  private long missing(Finding finding) {
    return goals.getOrDefault(finding.id(), 0L) - finding.done(way);
  }

  /** Those with the fewest schedules. */
  private List<Finding> next() {
    List<Finding> due = findings.values().stream().filter(this::isDue).toList();
    long fewest = due.stream().mapToLong(finding -> finding.done(way)).min().orElse(0);
    return due.stream().filter(finding -> finding.done(way) == fewest).toList();
  }

  private void run(List<Finding> next) {
    long seed = next.getFirst().done(way);
    long fewest = next.stream().mapToLong(this::missing).min().orElse(1);
    Round round = way.round(seed, fewest, end);
    SuiteRun run = runner.run(next.stream().map(Finding::id).toList(), round);
    for (Finding finding : next) {
      note(finding, run, round);
    }
    run.failures().forEach((id, failure) -> judge(id, seed, failure));
  }

  private void note(Finding finding, SuiteRun run, Round round) {
    boolean passed = run.hasPassed(finding.id());
    if (passed && (round.explore() == 0 || run.hasExplored(finding.id()))) {
      findings.put(finding.id(), finding.passed(way, way.steps(round)));
    } else if (passed && !isOver()) {
      findings.put(finding.id(), finding.failed(Verdict.UNEXPLORED, way, null, NOT_EXPLORED));
    } else if (run.failures().keySet().stream()
            .anyMatch(failed -> TestIds.isIn(failed, finding.id()))
        || !isOver()) {
      left.add(finding.id()); // it is judged, or is disabled now
    }
  }

  private void judge(String id, long seed, Failure failure) {
    Finding before = findings.get(id);
    Finding finding =
        before != null ? before : Finding.fresh(id, UniqueId.parse(id).getLastSegment().getValue());
    boolean failsAgain = runner.run(testsIn(id), way.again(seed)).failures().containsKey(id);
    findings.put(
        id,
        failsAgain
            ? judged(finding, way, seed, failure)
            : finding.failed(Verdict.UNREPEATABLE, way, seed, failure));
  }

  /** Of what fails under a seed each time: whether it passes first in, first out. */
  private Finding judged(Finding finding, Way by, long seed, Failure failure) {
    Failure plain = runner.run(testsIn(finding.id()), by.plain()).failures().get(finding.id());
    if (plain == null) {
      return finding.failed(Verdict.FLICKERS, by, seed, failure);
    }
    return finding.failed(
        by == Way.EXPLORE ? Verdict.UNEXPLORED : Verdict.UNREPEATABLE, by, null, plain);
  }

  private List<String> testsIn(String id) {
    return goals.keySet().stream().filter(test -> TestIds.isIn(id, test)).toList();
  }
}
