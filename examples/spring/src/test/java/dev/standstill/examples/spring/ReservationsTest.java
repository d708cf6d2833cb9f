package dev.standstill.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.standstill.junit.LoopTest;
import dev.standstill.spring.RollbackDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.client.RestClient;

@EnabledOnOs(OS.LINUX)
// tag::test[]
@LoopTest
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RollbackDatabase
class ReservationsTest {

  @MockitoBean private Mail mail;
  @Autowired private JdbcClient jdbc;
  @LocalServerPort private int port;
  private RestClient theatre;

  @BeforeEach
  void open() {
    theatre = RestClient.create("http://127.0.0.1:" + port);
  }

  @Test
  void aSeatIsHeldForTwoHours() throws InterruptedException {
    long seat = reserveFor("Ada");
    Thread.sleep(Duration.ofMinutes(119));
    assertThat(stateOf(seat)).isEqualTo("held");
    Thread.sleep(Duration.ofMinutes(2));
    assertThat(stateOf(seat)).isEqualTo("expired");
  }

  @Test
  void whoHasNotPaidIsReminded() throws InterruptedException {
    reserveFor("Bob");
    Thread.sleep(Duration.ofMinutes(89));
    verify(mail, never()).send(eq("Bob"), any());
    Thread.sleep(Duration.ofMinutes(2));
    verify(mail).send(eq("Bob"), any());
  }

  @Test
  void noTestSeesTheReservationsOfAnother() {
    assertThat(jdbc.sql("select count(*) from reservation").query(Integer.class).single()).isZero();
    reserveFor("Cyd");
    assertThat(jdbc.sql("select count(*) from reservation").query(Integer.class).single()).isOne();
  }

  private long reserveFor(String visitor) {
    Long id = theatre.post().uri("/reservations?visitor=" + visitor).retrieve().body(Long.class);
    return id == null ? -1 : id;
  }

  private String stateOf(long seat) {
    return theatre.get().uri("/reservations/{id}", seat).retrieve().body(String.class);
  }
}
// end::test[]
