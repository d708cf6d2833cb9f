package dev.standstill.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Task;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same service on a test loop: when it does what, to the second. */
@EnabledOnOs(OS.LINUX)
class ReportServiceInVirtualTimeTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final TestLoop loop = TestLoop.builder().network().open();
  private final List<String> seen = new ArrayList<>();
  private ReportService service;
  private Task<Integer> serving;

  @BeforeEach
  void start() throws Exception {
    service = loop.run(() -> new ReportService(LIMIT)); // a task opens its server socket
    serving = loop.spawn("service", () -> service.serve(loop));
  }

  @AfterEach
  void close() throws IOException {
    loop.close();
    service.close();
  }

  @Test
  void whatEndsWithinTheLimitIsAnsweredAndTheRestIsCancelledThen() throws Exception {
    client("quick", Duration.ofSeconds(15));
    client("slow", Duration.ofHours(1));
    loop.advance(Duration.ofSeconds(7));

    loop.raiseSignal("TERM");
    loop.runUntilBlocked();
    assertThatThrownBy(() -> loop.run(() -> new ReportClient(service.port())))
        .isInstanceOf(ConnectException.class);

    assertThat(loop.runUntilDone(serving)).isEqualTo(1); // the exit code
    loop.runUntilIdle(); // the clients read their answers
    assertThat(seen)
        .containsExactly(
            "quick after 15 s: 200 OK: a report of 15000 ms",
            "slow after 17 s: 503 Service Unavailable: the service ends");
  }

  @Test
  void serviceEndsWithItsLastRequest() throws Exception {
    client("quick", Duration.ofSeconds(15));
    loop.advance(Duration.ofSeconds(7));

    loop.raiseSignal("SIGINT");

    assertThat(loop.runUntilDone(serving)).isZero();
    assertThat(now()).isEqualTo(15);
  }

  @Test
  void secondSignalChangesNothing() throws Exception {
    client("slow", Duration.ofHours(1));
    loop.advance(Duration.ofSeconds(7));
    loop.raiseSignal("TERM");
    loop.advance(Duration.ofSeconds(3));

    loop.raiseSignal("TERM");

    assertThat(loop.runUntilDone(serving)).isEqualTo(1);
    assertThat(now()).isEqualTo(17);
  }

  @Test
  void silentClientDoesNotKeepTheServiceAlive() throws Exception {
    loop.spawn(
        "silent",
        () -> {
          try (var client = new ReportClient(service.port())) {
            seen.add("silent: " + client.answer());
          }
        });
    loop.advance(Duration.ofSeconds(7));

    loop.raiseSignal("TERM");

    assertThat(loop.runUntilDone(serving)).isZero();
    assertThat(now()).isEqualTo(17);
    loop.runUntilIdle();
    assertThat(seen).containsExactly("silent: ");
  }

  private void client(String name, Duration report) {
    loop.spawn(
        name,
        () -> {
          try (var client = new ReportClient(service.port())) {
            client.ask(report.toMillis());
            String answer = client.answer();
            seen.add("%s after %d s: %s".formatted(name, now(), answer));
          }
        });
  }

  private long now() {
    return Duration.between(TestLoop.DEFAULT_START, loop.now()).toSeconds();
  }
}
