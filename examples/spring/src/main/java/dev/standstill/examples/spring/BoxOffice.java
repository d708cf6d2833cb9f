package dev.standstill.examples.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Holds seats, and gives them free again. */
@Service
class BoxOffice {

  private static final Duration HOLD = Duration.ofHours(2);

  private final Reservations reservations;
  private final Reminders reminders;

  BoxOffice(Reservations reservations, Reminders reminders) {
    this.reservations = reservations;
    this.reminders = reminders;
  }

  Reservation hold(String visitor) {
    Reservation held = reservations.save(new Reservation(visitor, Instant.now().plus(HOLD)));
    reminders.remind(visitor);
    return held;
  }

  @Scheduled(fixedRate = 1, timeUnit = TimeUnit.MINUTES)
  @Transactional
  void expire() {
    reservations.findByExpiredFalseAndHeldUntilBefore(Instant.now()).forEach(Reservation::expire);
  }
}
