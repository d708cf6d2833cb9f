package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** Suites that the vintage engine runs, as build tools do. */
class SuiteTest {

  private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

  private static void log(String what) {
    LOG.add(what + (TestLoop.currentIfPresent().isPresent() ? " on a loop" : " elsewhere"));
  }

  @BeforeEach
  void forget() {
    LOG.clear();
  }

  private static TestExecutionSummary run(Map<String, String> parameters, Class<?>... classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(classes).map(type -> selectClass(type)).toList())
            .filters(EngineFilter.includeEngines("junit-vintage"))
            .configurationParameters(parameters)
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }

  @Test
  void allTestsOfASuiteRunOnLoopsWithoutAnEdit() {
    TestExecutionSummary summary =
        run(Map.of("standstill.loop", "all"), Plain.class, Several.class);

    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(3);
    assertThat(LOG)
        .containsExactly(
            "constructor on a loop",
            "test on a loop",
            "after on a loop",
            "test 1 on a loop",
            "test 2 on a loop");
  }

  @Test
  void withoutTheParameterTestsAreLeftAlone() {
    run(Map.of(), Plain.class);

    assertThat(LOG).containsExactly("constructor elsewhere", "test elsewhere", "after elsewhere");
  }

  @Test
  void aParameterSaysWhatBecomesOfTasksThatTestsWithoutAnnotationLeave() {
    assertThat(leaving(Map.of()).getFailures()).hasSize(1);
    assertThat(leaving(Map.of("standstill.leaks", "warn")).getFailures()).isEmpty();
    assertThat(leaving(Map.of("standstill.leaks", "wran")).getFailures())
        .extracting(failure -> failure.getException().getMessage())
        .containsExactly(
            "The parameter standstill.leaks = \"wran\" cannot be read: write fail, fail_all, warn or ignore.");
  }

  private static TestExecutionSummary leaving(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("standstill.loop", "all");
    return run(all, Leaving.class);
  }

  public static class Leaving {
    @org.junit.Test
    public void leaves() {
      Thread.ofPlatform().daemon().start(LockSupport::park);
    }
  }

  @Test
  void theParameterNamesClasses() {
    run(Map.of("standstill.loop", "SuiteTest$Several"), Plain.class, Several.class);

    assertThat(LOG)
        .containsExactly(
            "constructor elsewhere",
            "test elsewhere",
            "after elsewhere",
            "test 1 on a loop",
            "test 2 on a loop");
  }

  public static class Plain {
    public Plain() {
      log("constructor");
    }

    @org.junit.Test
    public void runs() throws InterruptedException {
      log("test");
      Thread.sleep(TestLoop.currentIfPresent().isPresent() ? 3_600_000 : 1);
    }

    @After
    public void after() {
      log("after");
    }
  }

  @RunWith(Parameterized.class)
  public static class Several {
    @Parameters
    public static List<Integer> numbers() {
      return List.of(1, 2);
    }

    @Parameter public int number;

    @org.junit.Test
    public void runs() {
      log("test " + number);
    }
  }

  @Test
  void anAnnotationIsEnough() {
    run(Map.of(), Annotated.class);

    assertThat(LOG).containsExactly("test on a loop");
  }

  @OnLoop
  public static class Annotated {
    @org.junit.Test
    public void runs() {
      log("test");
    }
  }

  @Test
  void aClassWhoseTestsShareALoopKeepsIt() {
    TestExecutionSummary summary = run(Map.of("standstill.loop", "all"), Sharing.class);

    assertThat(summary.getFailures()).isEmpty();
    assertThat(LOG).containsExactly("before class on a loop", "test on a loop", "test on a loop");
  }

  @RunWith(LoopRunner.class)
  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class Sharing {
    private static TestLoop loop;

    @BeforeClass
    public static void beforeClass() {
      log("before class");
      loop = TestLoop.currentIfPresent().orElseThrow();
    }

    @org.junit.Test
    public void one() {
      log("test");
      assertThat(TestLoop.currentIfPresent()).contains(loop);
    }

    @org.junit.Test
    public void two() {
      log("test");
      assertThat(TestLoop.currentIfPresent()).contains(loop);
    }
  }

  @Test
  void testsThatCannotShareALoopSaySo() {
    TestExecutionSummary summary = run(Map.of(), SharingWithoutARunner.class);

    assertThat(summary.getFailures())
        .singleElement()
        .extracting(failure -> failure.getException().getMessage())
        .asString()
        .endsWith("add @RunWith(LoopRunner.class).");
  }

  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class SharingWithoutARunner {
    @org.junit.Test
    public void runs() {}
  }

  @Test
  void aDeadlockIsTold() {
    TestExecutionSummary summary = run(Map.of("standstill.loop", "all"), Hanging.class);

    assertThat(summary.getFailures())
        .extracting(Failure::getException)
        .singleElement()
        .isInstanceOf(DeadlockException.class);
  }

  public static class Hanging {
    @org.junit.Test
    public void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aParameterThatCannotBeReadFailsEachTest() {
    TestExecutionSummary summary = run(Map.of("standstill.loop", "a b"), Plain.class);

    assertThat(summary.getFailures())
        .singleElement()
        .extracting(failure -> failure.getException().getMessage())
        .asString()
        .startsWith("standstill.loop = \"a b\" cannot be read");
  }
}
