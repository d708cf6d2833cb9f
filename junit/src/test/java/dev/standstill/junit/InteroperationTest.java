package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.standstill.children.Jvm;
import dev.standstill.junit.probe.Greeter;
import dev.standstill.test.TestLoop;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.SoftAssertions;

/** Libraries that tests use, on a loop in virtual time. */
@LoopTest
class InteroperationTest {

  @LoopTest
  void awaitilityPollsInVirtualTime(TestLoop loop) {
    var arrived = new AtomicBoolean();
    Instant began = Instant.now();
    loop.spawn(
        "train",
        () -> {
          Thread.sleep(Duration.ofHours(3));
          arrived.set(true);
        });

    await().pollInterval(Duration.ofMinutes(1)).atMost(Duration.ofHours(4)).untilTrue(arrived);

    assertThat(Duration.between(began, Instant.now()))
        .isBetween(Duration.ofHours(3), Duration.ofHours(4));
  }

  @LoopTest
  void mockitoMocksFinalClassesBesideTheAgent() throws Exception {
    Callable<String> slow = mock();
    when(slow.call())
        .thenAnswer(call -> {
          Thread.sleep(Duration.ofHours(1));
          return "late";
        });
    Price price = mock();
    when(price.inCents()).thenReturn(99);

    assertThat(slow.call()).isEqualTo("late");
    assertThat(price.inCents()).isEqualTo(99);
    verify(slow).call();
  }

  /** Cannot be mocked without Mockito's own agent. */
  static final class Price {
    int inCents() {
      return 100;
    }
  }

  @LoopTest
  void assertJCollectsFailuresInVirtualTime(Clock clock) throws InterruptedException {
    Thread.sleep(Duration.ofDays(1));

    SoftAssertions.assertSoftly(softly -> {
      softly.assertThat(clock.instant()).isEqualTo("2000-01-02T00:00:00Z");
      softly.assertThat(List.of(1)).hasSize(1);
    });
  }

  @LoopTest(realTimeLimit = "5 min")
  void aProcessOutsideIsWaitedForInRealTime(TestLoop loop) throws Exception {
    Process process = Jvm.of(List.of(), Greeter.class).redirectErrorStream(true).start();
    var impatient = loop.spawn("impatient", () -> Thread.sleep(Duration.ofHours(1)));
    try (BufferedReader output = process.inputReader()) {
      String port = output.readLine().replace("listening on port ", "");
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
          var reader =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(reader.readLine()).isEqualTo("hello");
      }
    }
    try (var _ = loop.holdTime("the process ends")) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    impatient.cancel(true);
  }
}
