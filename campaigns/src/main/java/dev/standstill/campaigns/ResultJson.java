package dev.standstill.campaigns;

import dev.standstill.explore.FailureKind;
import dev.standstill.explore.PointPair;
import dev.standstill.test.spi.JsonLine;
import dev.standstill.test.spi.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of a result file, which docs/campaigns.md describes. */
final class ResultJson {

  static final long VERSION = 1;

  private static final String HEAD = "standstill-campaign";

  /** In the list of pairs, each has so many numbers. */
  private static final int NUMBERS_OF_A_PAIR = 3;

  private ResultJson() {}

  static String write(CampaignResults results) {
    List<JsonLine> subjects = new ArrayList<>();
    results.subjects().forEach((subject, result) -> subjects.add(write(subject, result)));
    return new JsonLine().number(HEAD, VERSION).objects("explored", subjects) + "\n";
  }

  private static JsonLine write(CampaignSubject subject, SubjectResult result) {
    List<String> points =
        result.pairs().keySet().stream()
            .flatMap(pair -> Stream.of(pair.before(), pair.after()))
            .distinct()
            .sorted()
            .toList();
    return new JsonLine()
        .text("program", subject.program())
        .text("test", subject.test())
        .text("strategy", subject.strategy())
        .text("options", subject.options())
        .text("settings", subject.settings())
        .number("schedulesOfRound", subject.schedules())
        .texts("jdks", List.copyOf(result.jdks()))
        .texts("shards", List.copyOf(result.shards()))
        .objects("rounds", result.rounds().values().stream().map(ResultJson::write).toList())
        .texts("points", points)
        .numbers("pairs", pairs(result.pairs(), points))
        .objects("failures", result.failures().values().stream().map(ResultJson::write).toList());
  }

  private static List<Integer> pairs(SortedMap<PointPair, Long> pairs, List<String> points) {
    Map<String, Integer> places = new TreeMap<>();
    points.forEach(point -> places.put(point, places.size()));
    List<Integer> numbers = new ArrayList<>();
    pairs.forEach((pair, round) -> {
      numbers.add(places.get(pair.before()));
      numbers.add(places.get(pair.after()));
      numbers.add(Math.toIntExact(round));
    });
    return numbers;
  }

  private static JsonLine write(Round round) {
    JsonLine failed = new JsonLine();
    round.failed().forEach(failed::number);
    return new JsonLine()
        .number("number", round.number())
        .text("seed", Long.toString(round.seed()))
        .number("schedules", round.schedules())
        .number("distinct", round.distinct())
        .number("nanos", round.nanos())
        .object("failed", failed);
  }

  private static JsonLine write(FoundFailure failure) {
    return new JsonLine()
        .text("kind", failure.kind().text())
        .text("message", failure.message())
        .text("token", failure.token())
        .number("switches", failure.switches())
        .number("round", failure.round())
        .number("schedule", failure.schedule())
        .text("repetition", failure.repetition())
        .text("stack", failure.stack())
        .text("report", failure.report())
        .text("trace", failure.trace());
  }

  /**
   * Reads what {@link #write(CampaignResults)} gave, also with fields that a later one adds.
   *
   * @throws IllegalArgumentException if it is something else; the message is the end of a sentence
   */
  static CampaignResults read(String text) {
    Fields file = new Fields(JsonReader.read(text));
    if (!file.has(HEAD)) {
      throw new IllegalArgumentException("is no result of a campaign");
    }
    if (file.number(HEAD) != VERSION) {
      throw new IllegalArgumentException(
          "is of version %d, and this Standstill reads version %d: merge it with the one that wrote it, or explore again"
              .formatted(file.number(HEAD), VERSION));
    }
    CampaignResults results = CampaignResults.none();
    for (Fields subject : file.objects("explored")) {
      results = results.merge(CampaignResults.of(subject(subject), result(subject)));
    }
    return results;
  }

  private static CampaignSubject subject(Fields fields) {
    return new CampaignSubject(
        fields.text("program"),
        fields.text("test"),
        fields.text("strategy"),
        fields.text("options"),
        fields.text("settings"),
        fields.number("schedulesOfRound"));
  }

  private static SubjectResult result(Fields fields) {
    SortedMap<Long, Round> rounds = new TreeMap<>();
    fields.objects("rounds").stream()
        .map(ResultJson::round)
        .forEach(round -> rounds.merge(round.number(), round, Round::merge));
    SortedMap<String, FoundFailure> failures = new TreeMap<>();
    fields.objects("failures").stream()
        .map(ResultJson::failure)
        .forEach(failure -> failures.merge(failure.kind().digest(), failure, FoundFailure::merge));
    return new SubjectResult(
        new TreeSet<>(fields.texts("jdks")),
        new TreeSet<>(fields.texts("shards")),
        rounds,
        pairs(fields.texts("points"), fields.numbers("pairs")),
        failures);
  }

  private static SortedMap<PointPair, Long> pairs(List<String> points, List<Long> numbers) {
    SortedMap<PointPair, Long> pairs = new TreeMap<>();
    for (int at = 0; at + NUMBERS_OF_A_PAIR <= numbers.size(); at += NUMBERS_OF_A_PAIR) {
      PointPair pair =
          new PointPair(point(points, numbers.get(at)), point(points, numbers.get(at + 1)));
      pairs.merge(pair, numbers.get(at + 2), Math::min);
    }
    return pairs;
  }

  private static String point(List<String> points, long number) {
    if (number < 0 || number >= points.size()) {
      throw new IllegalArgumentException(
          "has a pair with point %d, and %d points only".formatted(number, points.size()));
    }
    return points.get((int) number);
  }

  private static Round round(Fields fields) {
    return new Round(
        fields.number("number"),
        Long.parseLong(fields.text("seed")),
        fields.number("schedules"),
        fields.number("distinct"),
        fields.number("nanos"),
        fields.counts("failed"));
  }

  private static FoundFailure failure(Fields fields) {
    return new FoundFailure(
        new FailureKind(fields.text("kind")),
        fields.text("message"),
        fields.text("token"),
        fields.number("switches"),
        fields.number("round"),
        fields.number("schedule"),
        fields.text("repetition"),
        fields.text("stack"),
        fields.text("report"),
        fields.text("trace"));
  }

  /** What an object has, each of which has to be there. */
  private record Fields(Map<String, @Nullable Object> fields) {

    boolean has(String name) {
      return fields.get(name) != null;
    }

    String text(String name) {
      if (fields.get(name) instanceof String text) {
        return text;
      }
      throw missing("text", name);
    }

    long number(String name) {
      if (fields.get(name) instanceof Long number) {
        return number;
      }
      throw missing("number", name);
    }

    List<String> texts(String name) {
      return list(name, String.class);
    }

    List<Long> numbers(String name) {
      return has(name) ? list(name, Long.class) : List.of();
    }

    List<Fields> objects(String name) {
      List<Fields> objects = new ArrayList<>();
      for (Map<?, ?> object : list(name, Map.class)) {
        objects.add(new Fields(named(object)));
      }
      return objects;
    }

    Map<String, Long> counts(String name) {
      if (!(fields.get(name) instanceof Map<?, ?> object)) {
        throw missing("object", name);
      }
      Fields counts = new Fields(named(object));
      Map<String, Long> numbers = new TreeMap<>();
      counts.fields.keySet().forEach(key -> numbers.put(key, counts.number(key)));
      return numbers;
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> object) {
      Map<String, @Nullable Object> fields = new TreeMap<>();
      object.forEach((name, value) -> fields.put(String.valueOf(name), value));
      return fields;
    }

    private <T> List<T> list(String name, Class<T> type) {
      if (!(fields.get(name) instanceof List<?> list)
          || !list.stream().allMatch(type::isInstance)) {
        throw missing("list", name);
      }
      return list.stream().map(type::cast).toList();
    }

    private static IllegalArgumentException missing(String what, String name) {
      return new IllegalArgumentException("has no %s named \"%s\"".formatted(what, name));
    }
  }
}
