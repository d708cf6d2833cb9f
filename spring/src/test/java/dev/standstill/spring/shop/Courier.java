package dev.standstill.spring.shop;

import org.springframework.stereotype.Component;

/** Takes things to people. */
@Component
public class Courier {

  /** How long it takes, in minutes. */
  public int minutes() {
    return 20;
  }
}
