package dev.standstill.campaigns;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What text and page say in the same words. */
final class Words {

  private static final double NANOS_OF_A_SECOND = 1e9;

  private Words() {}

  static String summary(CampaignResults results, List<Standing.Judged> failures) {
    long schedules = results.programs().values().stream().mapToLong(SubjectResult::schedules).sum();
    long nanos = results.programs().values().stream().mapToLong(SubjectResult::nanos).sum();
    return "%s, %,d a second in a shard: %s."
        .formatted(count(schedules, "schedule"), perSecond(schedules, nanos), standings(failures));
  }

  private static String standings(List<Standing.Judged> failures) {
    String all =
        List.of(Standing.FOUND, Standing.NEW, Standing.KNOWN, Standing.FIXED).stream()
            .map(standing -> standing(failures, standing))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "no schedule failed" : all;
  }

  private static String standing(List<Standing.Judged> failures, Standing standing) {
    long ways = failures.stream().filter(judged -> judged.standing() == standing).count();
    if (ways == 0) {
      return "";
    }
    String name = ways == 1 ? "way to fail" : "ways to fail";
    return switch (standing) {
      case FOUND -> "%,d %s".formatted(ways, name);
      case NEW -> "%,d new %s".formatted(ways, name);
      case KNOWN -> "%,d known".formatted(ways);
      case FIXED -> "%,d fixed".formatted(ways);
    };
  }

  static String subject(SubjectResult result) {
    return "%s of %s, %s, %,d a second; %s, the last new one within %s."
        .formatted(
            count(result.rounds().size(), "round"),
            count(result.shards().size(), "shard"),
            count(result.schedules(), "schedule"),
            perSecond(result.schedules(), result.nanos()),
            count(result.pairs().size(), "pair") + " of points",
            count(result.schedulesToLastNewPair(), "schedule"));
  }

  /** How often a failure was met, such as "1 in 4,000 schedules". */
  static String rarity(SubjectResult result, FoundFailure failure) {
    long times = Math.max(1, result.times(failure.kind().digest()));
    return "1 in %,d schedules".formatted(Math.max(1, result.schedules() / times));
  }

  static String canary(CampaignResults results) {
    return results.shardsWithoutCanary().isEmpty()
        ? ""
        : "The canary, a bug that is planted in each campaign, was not found by shard %s: what is said here of programs proves nothing. Look at the JDK and the agent there."
            .formatted(String.join(", ", results.shardsWithoutCanary()));
  }

  static String count(long count, String what) {
    return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  static long perSecond(long schedules, long nanos) {
    return Math.round(schedules * NANOS_OF_A_SECOND / Math.max(1, nanos));
  }

  static String how(CampaignSubject subject) {
    return "program %s, %s"
        .formatted(subject.program(), subject.strategy().toLowerCase(Locale.ROOT));
  }
}
