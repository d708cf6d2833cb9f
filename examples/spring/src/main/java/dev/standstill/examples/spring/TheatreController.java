package dev.standstill.examples.spring;

import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What visitors ask over HTTP. */
@RestController
class TheatreController {

  private final BoxOffice office;
  private final Reservations reservations;

  TheatreController(BoxOffice office, Reservations reservations) {
    this.office = office;
    this.reservations = reservations;
  }

  @PostMapping("/reservations")
  long reserve(@RequestParam("visitor") String visitor) {
    return Objects.requireNonNull(office.hold(visitor).id());
  }

  @GetMapping("/reservations/{id}")
  String state(@PathVariable("id") long id) {
    return reservations.findById(id).orElseThrow().isExpired() ? "expired" : "held";
  }
}
