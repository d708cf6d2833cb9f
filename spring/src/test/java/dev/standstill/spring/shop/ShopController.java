package dev.standstill.spring.shop;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is asked over HTTP. */
@RestController
public class ShopController {

  private final Sales sales;
  private final Courier courier;

  ShopController(Sales sales, Courier courier) {
    this.sales = sales;
    this.courier = courier;
  }

  @PostMapping("/sales")
  long sell(@RequestParam("item") String item) {
    return sales.save(new Sale(item)).id();
  }

  @GetMapping("/sales")
  long count() {
    return sales.count();
  }

  /** Answers when the courier is back. */
  @GetMapping("/delivery")
  int deliver() throws InterruptedException {
    Thread.sleep(60_000L * courier.minutes());
    return courier.minutes();
  }
}
