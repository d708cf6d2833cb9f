package dev.standstill.examples.spring;

import org.springframework.stereotype.Service;

/** Writes to visitors. */
@Service
class Mail {

  void send(String visitor, String text) {
    System.out.println("To " + visitor + ": " + text);
  }
}
