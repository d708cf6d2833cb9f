package dev.standstill.campaigns;

import dev.standstill.timeline.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A report as one page that needs nothing else. */
final class CampaignPage {

  private final CampaignResults results;
  private final List<Standing.Judged> failures;

  CampaignPage(CampaignResults results, List<Standing.Judged> failures) {
    this.results = results;
    this.failures = failures;
  }

  String html() {
    String canary = Words.canary(results);
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Campaign</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    <h1>Campaign</h1>
    <p>%s</p>
    %s%s%s%s%s</main>
    </body>
    </html>
    """
        .formatted(
            resource("campaign.css"),
            escape(Words.summary(results, failures)),
            canary.isEmpty() ? "" : "<p class=\"bad\">%s</p>\n".formatted(escape(canary)),
            section("Failures", failures.stream().map(this::failure).toList()),
            section("What was explored", explored()),
            section("The hardest to find", hardest()),
            section("What has survived", survivors()));
  }

  private static String section(String title, List<String> items) {
    return items.isEmpty() ? "" : "<h2>%s</h2>\n%s".formatted(title, String.join("", items));
  }

  private String failure(Standing.Judged judged) {
    FoundFailure failure = judged.failure();
    SubjectResult result = results.programs().get(judged.subject());
    String rarity = result == null ? "" : Words.rarity(result, failure) + "; ";
    return """
    <article>
    <h3><span class="%s">%s</span> %s</h3>
    <p>%s</p>
    <p><small>%s%s</small></p>
    <p><code>%s</code></p>
    <pre tabindex="0">%s</pre>
    <details><summary>The exception</summary><pre tabindex="0">%s</pre></details>
    %s</article>
    """
        .formatted(
            judged.standing().word(),
            judged.standing().word(),
            escape(failure.message()),
            escape(judged.subject().test()),
            escape(rarity),
            escape(failure.kind().text()),
            escape(failure.repetition()),
            escape(failure.report()),
            escape(failure.stack()),
            timeline(failure));
  }

  /** The page that shows a trace is put into this one, in a frame of its own. */
  private static String timeline(FoundFailure failure) {
    if (failure.trace().isEmpty()) {
      return "<p>The trace of this run was too long to be kept.</p>\n";
    }
    return "<details class=\"timeline\"><summary>Timeline</summary><iframe loading=\"lazy\" title=\"Timeline of %s\" srcdoc=\"%s\"></iframe></details>\n"
        .formatted(escape(failure.message()), escape(Timeline.parse(failure.trace()).html()));
  }

  private List<String> explored() {
    List<String> explored = new ArrayList<>();
    results
        .programs()
        .forEach((subject, result) ->
            explored.add(
                """
                <article>
                <h3>%s</h3>
                <p>%s</p>
                <p><small>%s; Java %s</small></p>
                <div class="charts">%s%s</div>
                </article>
                """
                    .formatted(
                        escape(subject.test()),
                        escape(Words.subject(result)),
                        escape(Words.how(subject)),
                        escape(String.join(", ", result.jdks())),
                        speed(result),
                        coverage(result))));
    return explored;
  }

  private static String speed(SubjectResult result) {
    return new Chart(
            "Schedules a second",
            "rounds",
            result.rounds().values().stream()
                .map(round ->
                    new Chart.Point(
                        round.number() + 1.0, Words.perSecond(round.schedules(), round.nanos())))
                .toList())
        .html();
  }

  private static String coverage(SubjectResult result) {
    Map<Long, Long> news = result.newPairs();
    List<Chart.Point> points = new ArrayList<>();
    points.add(new Chart.Point(0, 0));
    long schedules = 0;
    long pairs = 0;
    for (Round round : result.rounds().values()) {
      schedules += round.schedules();
      pairs += news.getOrDefault(round.number(), 0L);
      points.add(new Chart.Point(schedules, pairs));
    }
    return new Chart("Pairs of points met so far", "schedules", points).html();
  }

  private List<String> hardest() {
    List<Standing.Judged> now =
        failures.stream()
            .filter(judged -> judged.standing() != Standing.FIXED)
            .sorted(Comparator.comparingDouble(this::share))
            .toList();
    return now.size() < 2
        ? List.of()
        : List.of(
            table(
                List.of("met in", "failure", "test"),
                now.stream()
                    .map(judged ->
                        List.of(
                            Words.rarity(result(judged), judged.failure()),
                            judged.failure().message(),
                            judged.subject().test()))
                    .toList()));
  }

  private double share(Standing.Judged judged) {
    SubjectResult result = result(judged);
    return (double) result.times(judged.failure().kind().digest())
        / Math.max(1, result.schedules());
  }

  private SubjectResult result(Standing.Judged judged) {
    return Objects.requireNonNull(results.programs().get(judged.subject()));
  }

  private List<String> survivors() {
    List<List<String>> rows = new ArrayList<>();
    results
        .programs()
        .forEach((subject, result) -> {
          if (result.failures().isEmpty()) {
            rows.add(
                List.of(
                    "%,d".formatted(result.schedules()),
                    "%,d".formatted(result.schedulesToLastNewPair()),
                    subject.test()));
          }
        });
    return rows.isEmpty()
        ? List.of()
        : List.of(table(List.of("schedules", "anything new until", "test"), rows));
  }

  private static String table(List<String> head, List<List<String>> rows) {
    return "<div class=\"wide\"><table><thead>%s</thead><tbody>\n%s</tbody></table></div>\n"
        .formatted(
            row(head, "th scope=\"col\"", "th"),
            rows.stream().map(row -> row(row, "td", "td")).collect(Collectors.joining()));
  }

  private static String row(List<String> cells, String open, String close) {
    return cells.stream()
        .map(cell -> "<%s>%s</%s>".formatted(open, escape(cell), close))
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = CampaignPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
