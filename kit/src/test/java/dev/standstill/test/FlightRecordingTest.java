package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.ThrowingRunnable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What loops leave in a JFR recording. */
class FlightRecordingTest {

  @TempDir Path directory;

  @Test
  void hasTheTasksSlicesAndStandstillsOfALoopInRealTime() throws Exception {
    List<RecordedEvent> events =
        record(() -> {
          try (EventLoop loop = EventLoop.open("recorded")) {
            loop.run(() -> loop.spawn("sleeper", () -> Thread.sleep(5)).get());
          }
        });

    assertThat(tasksOf(events, "TaskStart")).containsExactly("main", "sleeper");
    assertThat(tasksOf(events, "TaskEnd")).containsExactly("sleeper", "main");
    assertThat(tasksOf(events, "Slice")).containsExactly("main", "sleeper", "sleeper", "main");
    assertThat(events)
        .filteredOn(event -> isOf(event, "Standstill"))
        .anyMatch(event -> event.getInt("tasks") == 2);
  }

  @Test
  void hasEachCallbackOfALoopInRealTime() throws Exception {
    List<RecordedEvent> events =
        record(() -> {
          try (EventLoop loop = EventLoop.open("recorded")) {
            loop.execute(() -> {});
            loop.execute(() -> {});
            loop.execute(Thread::yield);
            loop.run(() -> {});
          }
        });

    assertThat(tasksOf(events, "TaskStart"))
        .containsExactly("unnamed-1", "unnamed-2", "unnamed-3", "main");
    assertThat(tasksOf(events, "Slice")).startsWith("unnamed-1", "unnamed-2", "unnamed-3", "main");
    assertThat(tasksOf(events, "TaskEnd")).contains("unnamed-1", "unnamed-2", "main");
  }

  @Test
  void hasTheVirtualTimeOfATestLoop() throws Exception {
    List<RecordedEvent> events =
        record(() -> {
          try (TestLoop loop = TestLoop.builder().name("recorded").open()) {
            loop.run(() -> Thread.sleep(Duration.ofHours(1)));
          }
        });

    assertThat(tasksOf(events, "Slice")).containsExactly("main", "main");
    assertThat(events)
        .filteredOn(event -> isOf(event, "Standstill"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getDuration("virtualTime")).isEqualTo(Duration.ofHours(1)));
  }

  private List<RecordedEvent> record(ThrowingRunnable program) throws Exception {
    Path file = directory.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      for (String name : List.of("TaskStart", "TaskEnd", "Slice", "Standstill")) {
        recording.enable("dev.standstill." + name).withoutThreshold();
      }
      recording.start();
      program.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dev.standstill."))
        .filter(event -> event.getString("loop").endsWith("\"recorded\""))
        .sorted(Comparator.comparing(RecordedEvent::getEndTime))
        .toList();
  }

  private static boolean isOf(RecordedEvent event, String name) {
    return event.getEventType().getName().equals("dev.standstill." + name);
  }

  private static List<String> tasksOf(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> isOf(event, name))
        .map(event -> event.getString("task"))
        .toList();
  }
}
