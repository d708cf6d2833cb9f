package dev.standstill.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two orders are paid while the payment provider is down for three hours: exponential backoff with
 * jitter, behind a circuit breaker. Plain Java; it takes those hours, unless time is virtual.
 *
 * <pre>./standstill run examples/src/main/java/dev/standstill/examples/Payments.java</pre>
 */
public final class Payments {

  private static final Duration FIRST_DELAY = Duration.ofMinutes(1);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  /** Jitter that is the same in every run. */
  private static final Random JITTER = new Random(42);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private Payments() {}

  /** Pays two orders, the second some minutes after the first. */
  public static void main(String[] args) throws InterruptedException {
    var provider = new Provider(Instant.now().plus(Duration.ofHours(3)));
    var breaker = new CircuitBreaker(4, Duration.ofMinutes(30));
    List<Thread> orders = new ArrayList<>();
    for (String order : List.of("books", "lamp")) {
      orders.add(Thread.ofVirtual().name(order).start(() -> pay(provider, breaker)));
      Thread.sleep(Duration.ofMinutes(5));
    }
    for (Thread order : orders) {
      order.join();
    }
    say("all paid");
  }

  // tag::retry[]
  private static void pay(Provider provider, CircuitBreaker breaker) {
    Duration delay = FIRST_DELAY;
    for (int attempt = 1; ; attempt++) {
      try {
        breaker.call(provider::charge);
        say("paid at attempt " + attempt);
        return;
      } catch (UnavailableException e) {
        Duration jittered = delay.dividedBy(2).plusSeconds(JITTER.nextLong(delay.toSeconds()));
        say("attempt " + attempt + ": " + e.getMessage() + ", again in " + inWords(jittered));
        pause(jittered);
        delay = min(delay.multipliedBy(2), LONGEST_DELAY);
      }
    }
  }

  // end::retry[]

  /** The other side, which is down until some time. */
  private record Provider(Instant upAgain) {

    void charge() {
      pause(Duration.ofSeconds(2));
      if (Instant.now().isBefore(upAgain)) {
        throw new UnavailableException("the provider is down");
      }
    }
  }

  // tag::breaker[]
  /** Opens after some failures in a row: then nobody gets through for a while. */
  private static final class CircuitBreaker {

    private final int threshold;
    private final Duration pause;
    private int failures;
    private Instant openUntil = Instant.MIN;

    CircuitBreaker(int threshold, Duration pause) {
      this.threshold = threshold;
      this.pause = pause;
    }

    void call(Runnable action) {
      refuseIfOpen();
      try {
        action.run();
        closeAgain();
      } catch (UnavailableException e) {
        countFailure();
        throw e;
      }
    }

    private synchronized void refuseIfOpen() {
      if (Instant.now().isBefore(openUntil)) {
        throw new UnavailableException("the circuit is open");
      }
    }

    private synchronized void closeAgain() {
      failures = 0;
    }

    private synchronized void countFailure() {
      failures++;
      if (failures >= threshold) {
        openUntil = Instant.now().plus(pause);
        say("opens the circuit until " + TIME.format(openUntil));
      }
    }
  }

  // end::breaker[]

  /** A call that may succeed later. */
  private static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
      super(message);
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Payments are not interrupted.", e);
    }
  }

  private static String inWords(Duration duration) {
    return "%d:%02d min".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static void say(String what) {
    System.out.printf(
        "%s %s: %s%n", TIME.format(Instant.now()), Thread.currentThread().getName(), what);
  }
}
