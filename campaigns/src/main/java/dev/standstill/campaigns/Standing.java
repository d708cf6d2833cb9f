package dev.standstill.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** How a failure stands beside what an earlier campaign has found. */
enum Standing {
  /** There is no earlier campaign. */
  FOUND,
  /** The earlier one has not found it. */
  NEW,
  /** The earlier one has found it, too. */
  KNOWN,
  /** The earlier one has found it, and this one has not, although it has explored the test. */
  FIXED;

  /** A failure of one of both campaigns. */
  record Judged(CampaignSubject subject, FoundFailure failure, Standing standing) {}

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All failures of {@code now}, and those of {@code earlier} that are fixed. */
  static List<Judged> judge(CampaignResults now, @Nullable CampaignResults earlier) {
    List<Judged> ofNow = all(now);
    if (earlier == null) {
      return ofNow;
    }
    List<Judged> before = all(earlier);
    List<Judged> judged = new ArrayList<>();
    for (Judged one : ofNow) {
      boolean isKnown = before.stream().anyMatch(other -> SAME.test(one, other));
      judged.add(new Judged(one.subject, one.failure, isKnown ? KNOWN : NEW));
    }
    for (Judged one : before) {
      boolean wasExplored =
          now.programs().keySet().stream()
              .anyMatch(subject -> subject.test().equals(one.subject.test()));
      if (wasExplored && ofNow.stream().noneMatch(other -> SAME.test(one, other))) {
        judged.add(new Judged(one.subject, one.failure, FIXED));
      }
    }
    return judged;
  }

  /** In another program lines may have moved, so only the names of methods count there. */
  private static final BiPredicate<Judged, Judged> SAME =
      (one, other) ->
          one.subject.test().equals(other.subject.test())
              && (one.subject.program().equals(other.subject.program())
                  ? one.failure.kind().equals(other.failure.kind())
                  : one.failure.kind().withoutLines().equals(other.failure.kind().withoutLines()));

  private static List<Judged> all(CampaignResults results) {
    List<Judged> all = new ArrayList<>();
    results
        .programs()
        .forEach((subject, result) ->
            result
                .failures()
                .values()
                .forEach(failure -> all.add(new Judged(subject, failure, FOUND))));
    return all;
  }
}
