package dev.standstill.junit4.guide;

import static org.junit.Assert.assertEquals;

import dev.standstill.junit4.LoopRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

// tag::rule[]
@RunWith(Parameterized.class)
public class TemperaturesTest {

  @Parameters
  public static List<Integer> hours() {
    return List.of(1, 24);
  }

  @Parameter public int hours;

  @Rule public final LoopRule loops = new LoopRule();

  @Test
  public void waitsForTheNextMeasurement() throws InterruptedException {
    Instant before = loops.loop().now();

    Thread.sleep(Duration.ofHours(hours));

    assertEquals(before.plus(Duration.ofHours(hours)), Instant.now());
  }
}
// end::rule[]
