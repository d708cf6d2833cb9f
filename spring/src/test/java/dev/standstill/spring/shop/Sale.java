package dev.standstill.spring.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.Instant;

/** Something that was sold. */
@Entity
public class Sale {

  @Id @GeneratedValue private Long id;

  private String item;
  private Instant soldAt;

  /** For JPA. */
  protected Sale() {}

  /** Sold now. */
  public Sale(String item) {
    this.item = item;
    this.soldAt = Instant.now();
  }

  /** Which row it is. */
  public Long id() {
    return id;
  }

  /** What was sold. */
  public String item() {
    return item;
  }

  /** When. */
  public Instant soldAt() {
    return soldAt;
  }
}
