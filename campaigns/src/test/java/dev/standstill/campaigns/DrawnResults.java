package dev.standstill.campaigns;

import dev.standstill.explore.FailureKind;
import dev.standstill.explore.PointPair;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Results by chance, of few subjects, rounds and failures, so that they meet. */
final class DrawnResults {

  private static final int FEW = 3;

  private final SplittableRandom random;

  DrawnResults(long seed) {
    random = new SplittableRandom(seed);
  }

  CampaignResults next() {
    CampaignResults results = CampaignResults.none();
    int subjects = random.nextInt(FEW);
    for (int i = 0; i < subjects; i++) {
      results = results.merge(CampaignResults.of(subject(), result()));
    }
    return results;
  }

  private CampaignSubject subject() {
    return new CampaignSubject(text("program"), text("test"), "AUTO", "none", "", 100);
  }

  private SubjectResult result() {
    SubjectResult result = SubjectResult.empty();
    for (int i = random.nextInt(FEW); i > 0; i--) {
      result = result.merge(part());
    }
    return result;
  }

  private SubjectResult part() {
    SortedMap<Long, Round> rounds = new TreeMap<>();
    long number = random.nextInt(FEW);
    rounds.put(
        number, new Round(number, number * 17, few(), few(), few(), Map.of(text("kind"), few())));
    SortedMap<PointPair, Long> pairs = new TreeMap<>();
    pairs.put(new PointPair(text("point"), text("point")), number);
    SortedMap<String, FoundFailure> failures = new TreeMap<>();
    FoundFailure failure =
        new FoundFailure(
            new FailureKind(text("kind")),
            text("message"),
            text("token"),
            few(),
            number,
            few(),
            text("repeat \"it\"\n"),
            text("stack"),
            text("report\t"),
            text("trace"));
    failures.put(failure.kind().digest(), failure);
    return new SubjectResult(
        new TreeSet<>(Set.of(text("jdk"))),
        new TreeSet<>(Set.of(text("1/"))),
        rounds,
        pairs,
        failures);
  }

  private long few() {
    return random.nextInt(FEW);
  }

  private String text(String name) {
    return name + " " + random.nextInt(FEW);
  }
}
