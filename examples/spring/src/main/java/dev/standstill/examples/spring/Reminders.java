package dev.standstill.examples.spring;

import java.time.Duration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;

/** Reminds visitors of what they have not paid. */
@Service
class Reminders {

  private static final Duration WAIT = Duration.ofMinutes(90);

  private final Mail mail;

  Reminders(Mail mail) {
    this.mail = mail;
  }

  @Async
  void remind(String visitor) {
    try {
      Thread.sleep(WAIT);
      mail.send(visitor, "Your seat is held for another half an hour.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
