package dev.standstill.spring.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.spring.hosts.front.FrontApplication;
import dev.standstill.spring.hosts.stock.StockApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.web.client.RestClient;

/** Two applications of Spring Boot, each on a host of its own, as they are. */
@EnabledOnOs(OS.LINUX)
class BootHostsTest {

  /**
   * No database, by its names in Spring Boot 4 and 3, and no configuration of the tests of other
   * applications.
   */
  private static final String[] ALONE = {
    "--spring.config.location=optional:classpath:/none/",
    "--spring.main.banner-mode=off",
    "--spring.autoconfigure.exclude="
        + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
        + "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration,"
        + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration,"
        + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
  };

  private final RestClient browser = RestClient.create("http://front:8080");

  private String page() {
    return String.valueOf(browser.get().uri("/").retrieve().body(String.class));
  }

  private static Host start(Network net, String name, Class<?> main, String... more) {
    Stream<String> arguments = Stream.concat(Stream.of(ALONE), Stream.of(more));
    return net.host(name, main, arguments.toArray(String[]::new));
  }

  @LoopTest(network = true, realTimeLimit = "5 min")
  void oneAsksTheOtherWhichCrashesAndStartsAgain(Network net) throws Exception {
    net.latency(Duration.ofMillis(10));
    Host stock = start(net, "stock", StockApplication.class);
    Host front = start(net, "front", FrontApplication.class, "--stock.url=http://stock:8080");
    Thread.sleep(60_000);

    assertThat(page()).isEqualTo("asked 1");
    assertThat(page()).isEqualTo("asked 2");

    stock.crash();
    assertThat(page()).startsWith("no stock: Connection refused");

    stock.powerOff();
    Instant asked = Instant.now();
    assertThat(page()).isEqualTo("no stock: Connect timed out");
    assertThat(Duration.between(asked, Instant.now()))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));

    stock.restart();
    Thread.sleep(60_000);
    assertThat(page()).isEqualTo("asked 1");
    assertThat(front.isRunning()).isTrue();
  }
}
