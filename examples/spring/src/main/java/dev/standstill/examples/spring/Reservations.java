package dev.standstill.examples.spring;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** All reservations. */
interface Reservations extends JpaRepository<Reservation, Long> {

  List<Reservation> findByExpiredFalseAndHeldUntilBefore(Instant moment);
}
