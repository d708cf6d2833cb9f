package dev.standstill.spring.hosts.stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counts, as long as it runs, how often it was asked. */
@SpringBootApplication
@RestController
public class StockApplication {

  private static int asked;

  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(StockApplication.class, args);
  }

  @GetMapping("/stock")
  int stock() {
    return ++asked;
  }
}
