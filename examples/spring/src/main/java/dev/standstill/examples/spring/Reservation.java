package dev.standstill.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A seat that is held for a visitor until he pays. */
@Entity
public class Reservation {

  @Id @GeneratedValue private @Nullable Long id;

  private String visitor = "";
  private Instant heldUntil = Instant.EPOCH;
  private boolean expired;

  /** For JPA. */
  protected Reservation() {}

  Reservation(String visitor, Instant heldUntil) {
    this.visitor = visitor;
    this.heldUntil = heldUntil;
  }

  @Nullable Long id() {
    return id;
  }

  String visitor() {
    return visitor;
  }

  Instant heldUntil() {
    return heldUntil;
  }

  boolean isExpired() {
    return expired;
  }

  void expire() {
    expired = true;
  }
}
