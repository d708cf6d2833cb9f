package dev.standstill.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopScope;
import dev.standstill.junit.LoopTest;
import dev.standstill.spring.shop.Courier;
import dev.standstill.spring.shop.Shop;
import dev.standstill.spring.shop.Till;
import dev.standstill.test.TestLoop;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Tests of a Spring Boot application run on the loop of their context, as they are. */
@EnabledOnOs(OS.LINUX)
class SpringBootTestsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final Set<EventLoop> LOOPS = ConcurrentHashMap.newKeySet();

  private static volatile int lastPort;

  @BeforeEach
  void forget() {
    LOOPS.clear();
  }

  @LoopTest
  @SpringBootTest(classes = Shop.class)
  static class Jobs {

    @Autowired Till till;

    @RepeatedTest(2)
    void runEveryMinute(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      int before = till.minutes();
      Thread.sleep(HOUR);
      assertThat(till.minutes() - before).isBetween(59, 61);
    }

    @Test
    void runInOtherThreads() throws Exception {
      Instant began = Instant.now();
      assertThat(till.count().get()).isNotSameAs(Thread.currentThread());
      assertThat(Duration.between(began, Instant.now())).isEqualTo(HOUR);
    }

    @Nested
    class InANestedClass {

      @Test
      void runToo(TestLoop loop) throws InterruptedException {
        LOOPS.add(loop);
        int before = till.minutes();
        Thread.sleep(HOUR);
        assertThat(till.minutes() - before).isBetween(59, 61);
      }
    }
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  @SpringBootTest(classes = Shop.class)
  static class JobsOfAClass extends Jobs {}

  /** A context of its own, between two classes that share one. */
  @LoopTest
  @SpringBootTest(classes = Shop.class)
  static class MockedCourier {

    @MockitoBean Courier courier;
    @Autowired Till till;

    @Test
    void takesAsLongAsTheTestSays(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      when(courier.minutes()).thenReturn(5);
      assertThat(courier.minutes()).isEqualTo(5);
      Thread.sleep(HOUR);
      assertThat(till.minutes()).isBetween(59, 61);
    }
  }

  @LoopTest
  @SpringBootTest(classes = Shop.class)
  static class JobsAgain extends Jobs {}

  @Test
  void testsThatShareAContextRunOnItsLoop() {
    Runs.passing(13, Jobs.class, MockedCourier.class, JobsOfAClass.class, JobsAgain.class);

    assertThat(LOOPS).hasSize(2).allMatch(EventLoop::isTerminated);
    assertThat(Till.closedBy().isVirtual()).isTrue();
  }

  @LoopTest
  @SpringBootTest(classes = Shop.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
  static class Serving {

    @LocalServerPort int port;

    @RepeatedTest(2)
    void answersWhenTheCourierIsBack() {
      lastPort = port;
      Instant began = Instant.now();
      Integer minutes =
          RestClient.create("http://127.0.0.1:" + port)
              .get()
              .uri("/delivery")
              .retrieve()
              .body(Integer.class);
      assertThat(minutes).isEqualTo(20);
      assertTookTwentyMinutes(began);
    }

    @Test
    void answersWhoWaitsInStages() {
      Instant began = Instant.now();
      Integer minutes =
          WebClient.builder()
              .clientConnector(new JdkClientHttpConnector())
              .baseUrl("http://127.0.0.1:" + port)
              .build()
              .get()
              .uri("/delivery")
              .retrieve()
              .bodyToMono(Integer.class)
              .block();
      assertThat(minutes).isEqualTo(20);
      assertTookTwentyMinutes(began);
    }
  }

  /** The server's own pauses come on top. */
  private static void assertTookTwentyMinutes(Instant began) {
    assertThat(Duration.between(began, Instant.now()))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(20).plusSeconds(1));
  }

  @Test
  void theEmbeddedServerServesAllTestsAndStops() {
    Runs.passing(3, Serving.class);

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), lastPort).close())
        .isInstanceOf(ConnectException.class);
  }

  @LoopTest
  @SpringBootTest(classes = Shop.class, properties = "which=dirty")
  @DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
  static class Dirty {

    @Autowired Till till;

    @RepeatedTest(2)
    void beginsAnew(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      assertThat(till.minutes()).isLessThanOrEqualTo(1);
      Thread.sleep(HOUR);
    }
  }

  @SpringBootTest(classes = Shop.class, properties = "which=seeded")
  static class Seeded {

    @Autowired Till till;
    @Autowired TaskScheduler scheduler;

    @LoopTest(seeds = 2)
    void beginsAnew(TestLoop loop) throws InterruptedException {
      LOOPS.add(loop);
      assertThat(till.minutes()).isLessThanOrEqualTo(1);
      Thread.sleep(HOUR);
      assertThat(till.minutes()).isBetween(59, 61);
    }
  }

  @Test
  void aContextThatIsClosedTakesItsLoopAlong() {
    Runs.passing(2, Dirty.class);
    assertThat(LOOPS).hasSize(2);
  }

  @Test
  void eachSeedHasAContextOfItsOwn() {
    Runs.passing(2, Seeded.class);
    assertThat(LOOPS).hasSize(2);
  }

  @LoopTest
  @SpringBootTest(classes = Shop.class, properties = "spring.datasource.url=jdbc:none")
  static class Broken {

    @RepeatedTest(2)
    void isNotReached() {}
  }

  @Test
  void aContextThatDoesNotStartFailsItsTests() {
    assertThat(Runs.failures(Broken.class))
        .hasSize(2)
        .first()
        .asString()
        .contains("Failed to load ApplicationContext");
  }
}
