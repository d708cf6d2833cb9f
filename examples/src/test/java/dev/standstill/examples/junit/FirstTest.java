package dev.standstill.examples.junit;

// tag::first-test[]
import dev.standstill.junit.LoopTest;
import java.time.Duration;

class FirstTest {

  @LoopTest
  void anHourPassesAtOnce() throws InterruptedException {
    Thread.sleep(Duration.ofHours(1));
  }
}
// end::first-test[]
