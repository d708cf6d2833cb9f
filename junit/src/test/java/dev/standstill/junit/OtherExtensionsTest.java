package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.jupiter.api.extension.TestWatcher;

/** Extensions that others wrote, on the loop of the test. */
class OtherExtensionsTest {

  /** Notes where it is called. */
  static class Noting
      implements BeforeAllCallback,
          BeforeEachCallback,
          BeforeTestExecutionCallback,
          AfterTestExecutionCallback,
          AfterEachCallback,
          AfterAllCallback,
          TestInstancePostProcessor,
          TestInstancePreDestroyCallback,
          TestExecutionExceptionHandler,
          ParameterResolver,
          TestWatcher {

    static final List<String> places = new ArrayList<>();
    static final ThreadLocal<String> bound = new ThreadLocal<>();

    static void note(String callback) {
      places.add(callback + EventLoop.running().map(loop -> " on " + loop).orElse(""));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      note("beforeAll");
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      note("postProcessTestInstance");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
      note("beforeEach");
      bound.set("by beforeEach");
      Thread.sleep(Duration.ofHours(1));
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
      note("beforeTestExecution");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == String.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      note("resolveParameter");
      return "resolved";
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      note("handleTestExecutionException");
      throw failure;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
      note("afterTestExecution");
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      note("afterEach at " + Instant.now());
    }

    @Override
    public void preDestroyTestInstance(ExtensionContext context) {
      note("preDestroyTestInstance");
    }

    @Override
    public void afterAll(ExtensionContext context) {
      note("afterAll");
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
      note("testSuccessful");
    }
  }

  @Test
  void theirCallbacksRunOnTheLoopOfTheTest() {
    Noting.places.clear();

    Runs.passing(WithExtension.class);

    assertThat(Noting.places)
        .containsExactly(
            "beforeAll",
            "postProcessTestInstance on TestLoop \"WithExtension.runs\"",
            "beforeEach on TestLoop \"WithExtension.runs\"",
            "beforeTestExecution on TestLoop \"WithExtension.runs\"",
            "resolveParameter on TestLoop \"WithExtension.runs\"",
            "test on TestLoop \"WithExtension.runs\"",
            "afterTestExecution on TestLoop \"WithExtension.runs\"",
            "afterEach at 2000-01-01T02:00:00Z on TestLoop \"WithExtension.runs\"",
            "preDestroyTestInstance",
            "testSuccessful",
            "afterAll");
  }

  /** The loop comes with the method, later than the extension of the class. */
  static class WithExtension {
    @RegisterExtension static final Extension noting = LoopExtension.onLoop(new Noting());

    @LoopTest
    void runs(String resolved, TestLoop loop) {
      Noting.note("test");
      assertThat(Noting.bound.get()).isEqualTo("by beforeEach");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
      assertThat(resolved).isEqualTo("resolved");
    }
  }

  @Test
  void theirCallbacksAboutAClassRunOnTheLoopOfTheClass() {
    Noting.places.clear();

    Runs.passing(WithExtensionOfClass.class);

    assertThat(Noting.places)
        .contains(
            "beforeAll on TestLoop \"WithExtensionOfClass\"",
            "preDestroyTestInstance on TestLoop \"WithExtensionOfClass\"",
            "afterAll on TestLoop \"WithExtensionOfClass\"");
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  static class WithExtensionOfClass {
    @RegisterExtension static final Extension noting = LoopExtension.onLoop(new Noting());

    @Test
    void runs() {}
  }

  @Test
  void onTheThreadOfJUnitTheLoopOfTheTestIsCurrent() {
    try (EventLoop before = EventLoop.open("before", EventLoop.Current.REPLACE)) {
      Runs.passing(WithExtensionOfJUnit.class);

      assertThat(HandingWorkOver.doneOn).isEqualTo("TestLoop \"WithExtensionOfJUnit.runs\"");
      assertThat(EventLoop.current()).isSameAs(before);
    }
  }

  @LoopTest
  @ExtendWith(HandingWorkOver.class)
  static class WithExtensionOfJUnit {
    @Test
    void runs(TestLoop loop) {
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  static class HandingWorkOver implements BeforeEachCallback {
    static String doneOn;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      assertThat(EventLoop.running()).isEmpty();
      EventLoop.current()
          .run(() -> {
            Thread.sleep(Duration.ofHours(1));
            doneOn = EventLoop.current().toString();
          });
    }
  }

  @Test
  void theirFailuresAreTheirOwn() {
    assertThat(Runs.failing(WithFailingExtension.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no connection")
        .extracting(Runs::details)
        .asString()
        .contains("@LoopTest(replay = ");
  }

  static class Failing implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      throw new IllegalStateException("no connection");
    }
  }

  static class WithFailingExtension {
    @RegisterExtension static final Extension failing = LoopExtension.onLoop(new Failing());

    @LoopTest
    void neverRuns() {}
  }

  @Test
  void whereNoTestRunsOnALoopTheyRunOnTheThreadOfJUnit() {
    Noting.places.clear();

    Runs.passing(WithoutLoop.class);

    assertThat(Noting.places).noneMatch(place -> place.contains(" on "));
  }

  static class WithoutLoop {
    @RegisterExtension static final Extension plain = LoopExtension.onLoop(new Plain());

    @Test
    void runs() {}
  }

  static class Plain implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      Noting.note("beforeEach");
    }
  }
}
