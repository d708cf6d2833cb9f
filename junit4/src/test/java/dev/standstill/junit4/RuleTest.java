package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assert.assertEquals;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.RunWith;
import org.junit.runner.notification.Failure;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** What {@link LoopRule} does in classes of any runner. */
class RuleTest {

  private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void forget() {
    LOG.clear();
  }

  private static List<Throwable> failures(Class<?> testClass) {
    return JUnitCore.runClasses(testClass).getFailures().stream()
        .map(Failure::getException)
        .toList();
  }

  @Test
  void aTestRunsOnALoopWithItsFixturesWhateverTheRunner() {
    assertThat(failures(Sleeping.class)).isEmpty();

    assertThat(LOG).containsExactly("PT1H1S", "PT2H1S");
  }

  @RunWith(Parameterized.class)
  public static class Sleeping {

    @Parameters
    public static List<Integer> hours() {
      return List.of(1, 2);
    }

    @Parameter public int hours;

    @Rule public final LoopRule loops = new LoopRule();

    @Before
    public void before() throws InterruptedException {
      Thread.sleep(1_000);
    }

    @org.junit.Test
    public void sleeps() throws InterruptedException {
      assertEquals(TestLoop.currentIfPresent().orElseThrow(), loops.loop());
      Thread.sleep(Duration.ofHours(hours));
    }

    @After
    public void after() {
      LOG.add(Duration.between(TestLoop.DEFAULT_START, loops.loop().now()).toString());
    }
  }

  @Test
  void aDeadlockIsTold() {
    assertThat(failures(Hanging.class))
        .singleElement()
        .isInstanceOf(DeadlockException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("\"test\" is blocked on a latch");
  }

  public static class Hanging {
    @Rule public final LoopRule loops = new LoopRule();

    @org.junit.Test
    public void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void testsOfAClassMayShareALoop() {
    assertThat(failures(Sharing.class)).isEmpty();

    assertThat(LOG).containsExactly("PT1S", "PT2S");
  }

  public static class Sharing {
    @ClassRule @Rule public static final LoopRule LOOPS = new LoopRule();

    @org.junit.Test
    public void one() throws InterruptedException {
      Thread.sleep(1_000);
      LOG.add(Duration.between(TestLoop.DEFAULT_START, LOOPS.loop().now()).toString());
    }

    @org.junit.Test
    public void two() throws InterruptedException {
      Thread.sleep(1_000);
      LOG.add(Duration.between(TestLoop.DEFAULT_START, LOOPS.loop().now()).toString());
    }
  }

  @Test
  void aRuleThatNoTestUsesIsRefused() {
    assertThat(failures(OfClassOnly.class))
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith("The LoopRule of " + OfClassOnly.class.getName() + " is a @ClassRule only");
  }

  public static class OfClassOnly {
    @ClassRule public static final LoopRule LOOPS = new LoopRule();

    @org.junit.Test
    public void passes() {}
  }

  @Test
  void whereThereIsNoLoopASentenceSaysSo() {
    assertThat(failures(AskingTooEarly.class))
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo("There is no loop here: ask in a test, or in a @Before or @After method.");
  }

  public static class AskingTooEarly {
    @Rule public final LoopRule loops = new LoopRule();
    final TestLoop loop = loops.loop();

    @org.junit.Test
    public void passes() {}
  }
}
