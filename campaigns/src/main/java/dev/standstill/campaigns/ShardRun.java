package dev.standstill.campaigns;

import dev.standstill.explore.Exploration;
import dev.standstill.explore.ExplorationResult;
import dev.standstill.explore.FailureGroup;
import dev.standstill.explore.FailureKind;
import dev.standstill.explore.PointPair;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.explore.SearchStrategy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Explores the share of a shard, round by round. A round is an exploration by itself, which depends
 * on its number only; so a shard that is run again gives the same, wherever that is. For one
 * thread, and used once.
 */
public final class ShardRun {

  private final CampaignSubject subject;
  private final Shard shard;
  private final FoundFailure.Repetition repetition;
  private long rounds = Long.MAX_VALUE;
  private @Nullable Duration limit;
  private BooleanSupplier stop = () -> false;
  private final Set<FailureKind> known = new HashSet<>();
  private CampaignResults results = CampaignResults.none();

  /**
   * Nothing runs yet.
   *
   * @param subject what is explored
   * @param shard which part of it
   * @param repetition says how a schedule is repeated that fails
   */
  public ShardRun(CampaignSubject subject, Shard shard, FoundFailure.Repetition repetition) {
    this.subject = subject;
    this.shard = shard;
    this.repetition = repetition;
  }

  /**
   * Makes what is explored in a round.
   *
   * @param <E> what is thrown if there is nothing to explore
   */
  @FunctionalInterface
  public interface Explorations<E extends Exception> {
    /**
     * Returns an exploration that has nothing to do with those before, so its program loads its
     * classes anew.
     *
     * @return a new one; its seed, its limits and what it does about failures are set by the caller
     * @throws E if there is nothing to explore
     */
    Exploration next() throws E;
  }

  /**
   * Takes what is known when a round has ended.
   *
   * @param <E> what is thrown if that cannot be kept
   */
  @FunctionalInterface
  public interface Watcher<E extends Exception> {
    /**
     * Takes all that is known so far.
     *
     * @param results of all rounds of the shard, and of its canary
     * @throws E if that cannot be kept, which ends the shard
     */
    void accept(CampaignResults results) throws E;
  }

  /**
   * Sets how many rounds the whole campaign has; no limit if not called.
   *
   * @param count above zero
   * @return this
   */
  public ShardRun rounds(long count) {
    this.rounds = count;
    return this;
  }

  /**
   * Sets for how long the shard explores; no limit if not called.
   *
   * @param duration real time
   * @return this
   */
  public ShardRun limit(Duration duration) {
    this.limit = duration;
    return this;
  }

  /**
   * Sets what ends the shard early.
   *
   * @param condition true from when it is to end
   * @return this
   */
  public ShardRun stopWhen(BooleanSupplier condition) {
    this.stop = condition;
    return this;
  }

  /**
   * Explores; returns when a limit is reached.
   *
   * @param <E> what may go wrong where a program is made
   * @param <F> what may go wrong where results are kept
   * @param explorations makes the program of each round
   * @param watcher takes what is known, first of the canary alone and then after each round
   * @return what is known in the end
   * @throws E if there is nothing to explore
   * @throws F if the watcher does
   */
  public <E extends Exception, F extends Exception> CampaignResults run(
      Explorations<E> explorations, Watcher<F> watcher) throws E, F {
    long end = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
    results = canary(SearchStrategy.valueOf(subject.strategy()), shard);
    watcher.accept(results);
    for (long round = 0; shard.numberOf(round) < rounds && !stop.getAsBoolean(); round++) {
      long left = limit == null ? Long.MAX_VALUE : end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      explore(explorations.next(), shard.numberOf(round), left);
      watcher.accept(results);
    }
    return results;
  }

  /**
   * Looks for the planted bug.
   *
   * @param strategy how schedules are chosen
   * @param shard for which that is
   * @return whether it was found, as results of its own subject
   */
  public static CampaignResults canary(SearchStrategy strategy, Shard shard) {
    CampaignSubject canary = Canary.subject(strategy);
    ShardRun run = new ShardRun(canary, shard, token -> "");
    run.exploreCanary(strategy);
    return run.results;
  }

  /** Ends when it is found. */
  private void exploreCanary(SearchStrategy strategy) {
    AtomicBoolean isFound = new AtomicBoolean();
    long number = shard.numberOf(0);
    ExplorationResult result =
        Canary.exploration(strategy)
            .seed(subject.seed(number))
            .schedules(subject.schedules())
            .goOnAfterFailures(kind -> isFound.compareAndSet(false, true))
            .stopWhen(isFound::get)
            .run();
    add(number, result);
  }

  private void explore(Exploration exploration, long number, long nanosLeft) {
    exploration
        .seed(subject.seed(number))
        .schedules(subject.schedules())
        .goOnAfterFailures(known::contains)
        .coverage()
        .stopWhen(stop);
    if (limit != null) {
      exploration.limit(Duration.ofNanos(nanosLeft));
    }
    add(number, exploration.run());
  }

  private void add(long number, ExplorationResult result) {
    results = results.merge(of(subject, shard, number, result, repetition));
    result.failures().forEach(group -> known.add(group.kind()));
  }

  /**
   * Returns the result of one round.
   *
   * @param subject what was explored
   * @param shard for which
   * @param number of the round in the campaign
   * @param result what was seen
   * @param repetition says how a schedule is repeated that fails
   * @return the same as results of a campaign
   */
  public static CampaignResults of(
      CampaignSubject subject,
      Shard shard,
      long number,
      ExplorationResult result,
      FoundFailure.Repetition repetition) {
    Map<String, Long> failed = new TreeMap<>();
    SortedMap<String, FoundFailure> failures = new TreeMap<>();
    for (FailureGroup group : result.failures()) {
      String digest = group.kind().digest();
      failed.put(digest, group.times());
      ScheduleFailure found = group.found().orElse(null);
      if (found != null) {
        failures.put(digest, FoundFailure.of(group, found, number, repetition));
      }
    }
    SortedMap<Long, Round> rounds = new TreeMap<>();
    rounds.put(
        number,
        new Round(
            number,
            subject.seed(number),
            result.schedules(),
            result.distinct(),
            result.elapsed().toNanos(),
            failed));
    SortedMap<PointPair, Long> pairs = new TreeMap<>();
    result.pairs().forEach(pair -> pairs.put(pair, number));
    return CampaignResults.of(
        subject,
        new SubjectResult(
            new TreeSet<>(Set.of(jdk())),
            new TreeSet<>(Set.of(shard.toString())),
            rounds,
            pairs,
            failures));
  }

  private static String jdk() {
    return "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor", "unknown"));
  }
}
