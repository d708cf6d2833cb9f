package dev.standstill.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.jdbc.RollbackDataSource;
import dev.standstill.junit.LoopTest;
import dev.standstill.spring.shop.Sale;
import dev.standstill.spring.shop.Sales;
import dev.standstill.spring.shop.Shop;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** What a test does to the database of its context is undone, whoever does it. */
@EnabledOnOs(OS.LINUX)
class RollbackDatabaseTest {

  /** In real time. */
  private static final Instant LOADED = Instant.now();

  @LoopTest
  @RollbackDatabase
  @SpringBootTest(classes = Shop.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
  static class Selling {

    @Autowired Sales sales;
    @Autowired JdbcClient jdbc;
    @Autowired DataSource source;
    @LocalServerPort int port;

    @RepeatedTest(2)
    void isUndone() {
      assertThat(source).isInstanceOf(RollbackDataSource.class);
      assertThat(sales.count()).isZero();

      sales.save(new Sale("lamp"));
      jdbc.sql("insert into sale (id, item, sold_at) values (-1, 'book', ?)")
          .param(Timestamp.from(Instant.now()))
          .update();
      RestClient client = RestClient.create("http://127.0.0.1:" + port);
      client.post().uri("/sales?item=pen").retrieve().toBodilessEntity();

      assertThat(client.get().uri("/sales").retrieve().body(Integer.class)).isEqualTo(3);
      assertThat(sales.findAll()).extracting(Sale::item).contains("lamp", "book", "pen");
      assertThat(jdbc.sql("select count(*) from sale").query(Integer.class).single()).isEqualTo(3);
    }
  }

  @LoopTest
  @RollbackDatabase
  @SpringBootTest(classes = Shop.class)
  static class Dated {

    @Test
    void beginsAtTheTimeOfTheMachine() {
      assertThat(Instant.now()).isAfter(LOADED.minusSeconds(1));
    }
  }

  /** Without the annotation all is as ever. */
  @LoopTest
  @SpringBootTest(classes = Shop.class)
  @TestMethodOrder(OrderAnnotation.class)
  static class Keeping {

    @Autowired Sales sales;
    @Autowired DataSource source;

    @Test
    @Order(1)
    void keeps() {
      assertThat(source).isNotInstanceOf(RollbackDataSource.class);
      sales.save(new Sale("lamp"));
    }

    @Test
    @Order(2)
    void findsIt() {
      assertThat(sales.count()).isOne();
    }
  }

  /** It needs no loop. */
  @RollbackDatabase
  @SpringBootTest(classes = Shop.class)
  static class WithoutLoop {

    @Autowired Sales sales;

    @RepeatedTest(2)
    void isUndone() {
      assertThat(sales.count()).isZero();
      sales.save(new Sale("lamp"));
    }
  }

  @RollbackDatabase
  @SpringBootTest(classes = WithoutDatabase.Nothing.class)
  static class WithoutDatabase {

    @Configuration
    static class Nothing {}

    @Test
    void isRefused() {}
  }

  @Test
  void whatAnyThreadDoesIsUndone() {
    Runs.passing(2, Selling.class);
  }

  @Test
  void timeStartsWhereThatOfADatabaseIs() {
    Runs.passing(1, Dated.class);
  }

  @Test
  void itIsUndoneWhereThatIsAskedForOnly() {
    Runs.passing(4, Keeping.class, WithoutLoop.class);
  }

  @Test
  void aContextWithoutADatabaseIsToldSo() {
    assertThat(Runs.failures(WithoutDatabase.class))
        .singleElement()
        .asString()
        .contains("found no DataSource in the context of")
        .contains("WithoutDatabase");
  }
}
