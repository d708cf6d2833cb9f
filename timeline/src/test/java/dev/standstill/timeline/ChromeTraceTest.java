package dev.standstill.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ChromeTraceTest {

  static List<Trace> traces() {
    return List.of(Traces.network(), Traces.lostUpdate(), Traces.large(3_000, 20));
  }

  private static List<JsonNode> events(Trace trace) {
    List<JsonNode> events = new ArrayList<>();
    new ObjectMapper()
        .readTree(Timeline.of(trace).chromeJson())
        .get("traceEvents")
        .forEach(events::add);
    return events;
  }

  private static String track(JsonNode event) {
    return event.get("pid") + "/" + event.get("tid");
  }

  private static boolean is(String phase, JsonNode event) {
    return event.get("ph").asString().equals(phase);
  }

  private static long begin(JsonNode event) {
    return event.get("ts").asLong();
  }

  private static long end(JsonNode event) {
    return begin(event) + event.get("dur").asLong();
  }

  private static Map<String, List<JsonNode>> complete(List<JsonNode> events) {
    Map<String, List<JsonNode>> tracks = new TreeMap<>();
    events.stream()
        .filter(event -> is("X", event))
        .forEach(
            event -> tracks.computeIfAbsent(track(event), key -> new ArrayList<>()).add(event));
    return tracks;
  }

  @ParameterizedTest
  @MethodSource("traces")
  void whatATrackShowsNestsOrFollows(Trace trace) {
    complete(events(trace))
        .forEach((track, all) -> {
          all.sort(
              Comparator.comparingLong(ChromeTraceTest::begin)
                  .thenComparing(Comparator.comparingLong(ChromeTraceTest::end).reversed()));
          Deque<JsonNode> open = new ArrayDeque<>();
          for (JsonNode event : all) {
            while (!open.isEmpty() && end(open.peek()) <= begin(event)) {
              open.pop();
            }
            assertThat(open.isEmpty() || end(event) <= end(open.peek()))
                .as("%s overlaps %s on %s", event, open.peek(), track)
                .isTrue();
            open.push(event);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("traces")
  void eachArrowHasBothEndsWithinSlicesOfItsTracks(Trace trace) {
    List<JsonNode> events = events(trace);
    Map<String, List<JsonNode>> tracks = complete(events);
    Map<Long, List<JsonNode>> flows = new TreeMap<>();
    events.stream()
        .filter(event -> is("s", event) || is("f", event))
        .forEach(event ->
            flows.computeIfAbsent(event.get("id").asLong(), key -> new ArrayList<>()).add(event));

    assertThat(flows).isNotEmpty();
    flows.forEach((number, ends) -> {
      assertThat(ends).extracting(event -> event.get("ph").asString()).containsExactly("s", "f");
      assertThat(begin(ends.get(0))).isLessThan(begin(ends.get(1)));
      assertThat(ends)
          .allSatisfy(event ->
              assertThat(tracks.get(track(event)))
                  .anyMatch(slice ->
                      slice.get("cat").asString().equals("slice")
                          && begin(slice) <= begin(event)
                          && begin(event) < end(slice)));
    });
  }

  @Test
  void hostsAreProcessesAndTasksAreThreads() {
    List<JsonNode> events = events(Traces.network());

    assertThat(names("process_name", events)).containsExactly("alpha", "beta");
    assertThat(names("thread_name", events))
        .containsExactly("client", "server", "http-1", "http-2", "virtual time moves");
  }

  @Test
  void whatIsLostIsTold() {
    assertThat(events(Traces.network()))
        .filteredOn(event -> is("i", event))
        .extracting(event -> event.get("name").asString())
        .containsExactlyInAnyOrder(
            "lost: GET /prices", "java.net.SocketTimeoutException: Read timed out");
  }

  private static List<String> names(String kind, List<JsonNode> events) {
    return events.stream()
        .filter(event -> event.get("name").asString().equals(kind))
        .map(event -> event.get("args").get("name").asString())
        .toList();
  }
}
