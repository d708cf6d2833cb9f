package dev.standstill.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The service in a JVM of its own, stopped by a signal of the operating system. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
class ReportServiceTest {

  private static final String AN_HOUR = "PT1H";
  private static final String AT_ONCE = "PT0.1S";
  private static final long MILLIS_OF_A_DAY = 86_400_000;

  @Test
  void requestUnderWayIsAnsweredAndNewConnectionsAreRefused() throws Exception {
    try (Child service = start(AN_HOUR)) {
      int port = port(service);
      try (var client = new ReportClient(port)) {
        assertThat(service.readLine()).isEqualTo("connected");

        service.signal("TERM");

        assertThat(service.readLine()).isEqualTo("stopped");
        assertThatThrownBy(() -> new ReportClient(port)).isInstanceOf(ConnectException.class);
        client.ask(1);
        assertThat(client.answer()).isEqualTo("200 OK: a report of 1 ms");
      }
      assertThat(service.end().status()).isZero();
    }
  }

  @Test
  void requestThatTakesTooLongIsCancelledAndTold() throws Exception {
    try (Child service = start(AT_ONCE);
        var client = new ReportClient(port(service))) {
      client.ask(MILLIS_OF_A_DAY);
      assertThat(service.readLine()).isEqualTo("connected");
      assertThat(service.readLine()).startsWith("asked for ");

      service.signal("TERM");

      assertThat(client.answer()).isEqualTo("503 Service Unavailable: the service ends");
      assertThat(service.end().status()).isEqualTo(1);
    }
  }

  @Test
  void serviceWithNothingToDoEndsAtOnceWhicheverTheSignal() throws Exception {
    try (Child service = start(AN_HOUR)) {
      port(service);

      service.signal("INT");

      assertThat(service.end().status()).isZero();
    }
  }

  private static Child start(String limit) throws Exception {
    return Child.start(Jvm.of(List.of(Jvm.agent()), ReportService.class, limit));
  }

  private static int port(Child service) throws Exception {
    String line = service.readLine();
    assertThat(line).startsWith("listening on port ");
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }
}
