package dev.standstill.campaigns;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report for a terminal. */
final class CampaignText {

  private static final String INDENT = "  ";

  private final CampaignResults results;
  private final List<Standing.Judged> failures;

  CampaignText(CampaignResults results, List<Standing.Judged> failures) {
    this.results = results;
    this.failures = failures;
  }

  String text() {
    String canary = Words.canary(results);
    return Stream.of(
            Stream.of(Words.summary(results, failures)),
            canary.isEmpty() ? Stream.<String>of() : Stream.of(canary),
            results.programs().entrySet().stream()
                .flatMap(entry -> subject(entry.getKey(), entry.getValue())))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private Stream<String> subject(CampaignSubject subject, SubjectResult result) {
    return Stream.concat(
        Stream.of(
            "",
            "%s (%s)".formatted(subject.test(), Words.how(subject)),
            INDENT + Words.subject(result)),
        failures.stream()
            .filter(judged -> isListedWith(judged, subject))
            .flatMap(judged -> failure(judged, result)));
  }

  /** What is fixed is of another program, and listed with the first of the same test. */
  private boolean isListedWith(Standing.Judged judged, CampaignSubject subject) {
    return judged.standing() == Standing.FIXED
        ? results.programs().keySet().stream()
            .filter(one -> one.test().equals(judged.subject().test()))
            .findFirst()
            .map(subject::equals)
            .orElse(false)
        : judged.subject().equals(subject);
  }

  private static Stream<String> failure(Standing.Judged judged, SubjectResult result) {
    FoundFailure failure = judged.failure();
    if (judged.standing() == Standing.FIXED) {
      return Stream.of("", INDENT + "fixed: " + failure.message(), INDENT + failure.kind().text());
    }
    String standing = judged.standing() == Standing.FOUND ? "" : judged.standing().word() + ": ";
    return Stream.of(
        "",
        INDENT + standing + failure.message(),
        INDENT + failure.kind().text(),
        INDENT
            + "%s; %s; the shortest in round %,d, schedule %,d."
                .formatted(
                    Words.rarity(result, failure),
                    failure.switches() == 1 ? "1 switch" : failure.switches() + " switches",
                    failure.round(),
                    failure.schedule()),
        INDENT + "To repeat it: " + failure.repetition());
  }
}
