package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.RunDetails;
import dev.standstill.test.TestLoop;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.jupiter.api.extension.TestInstantiationAwareExtension;
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
          TestInstancePreConstructCallback,
          TestInstancePostProcessor,
          TestInstancePreDestroyCallback,
          TestExecutionExceptionHandler,
          InvocationInterceptor,
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
    public void preConstructTestInstance(
        TestInstanceFactoryContext factory, ExtensionContext context) {
      assertThat(context.getTestMethod()).isEmpty();
      note("preConstructTestInstance");
    }

    @Override
    public <T> T interceptTestClassConstructor(
        Invocation<T> invocation,
        ReflectiveInvocationContext<Constructor<T>> invocationContext,
        ExtensionContext context)
        throws Throwable {
      note("interceptTestClassConstructor");
      return invocation.proceed();
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> invocationContext,
        ExtensionContext context)
        throws Throwable {
      note("interceptTestTemplateMethod");
      invocation.proceed();
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
      return CharSequence.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      note("resolveParameter");
      return parameter.getParameter().getType() == String.class
          ? "resolved"
          : new StringBuilder("resolved");
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
            "preConstructTestInstance on TestLoop \"WithExtension.runs\"",
            "resolveParameter on TestLoop \"WithExtension.runs\"",
            "interceptTestClassConstructor on TestLoop \"WithExtension.runs\"",
            "constructor on TestLoop \"WithExtension.runs\"",
            "postProcessTestInstance on TestLoop \"WithExtension.runs\"",
            "beforeEach on TestLoop \"WithExtension.runs\"",
            "beforeTestExecution on TestLoop \"WithExtension.runs\"",
            "resolveParameter on TestLoop \"WithExtension.runs\"",
            "interceptTestTemplateMethod on TestLoop \"WithExtension.runs\"",
            "test on TestLoop \"WithExtension.runs\"",
            "afterTestExecution on TestLoop \"WithExtension.runs\"",
            "afterEach at 2000-01-01T02:00:00Z on TestLoop \"WithExtension.runs\"",
            "preDestroyTestInstance on TestLoop \"WithExtension.runs\"",
            "testSuccessful",
            "afterAll");
  }

  /** The loop comes with the method, later than the extension of the class. */
  @ExtendWith(Noting.class)
  static class WithExtension {
    WithExtension(StringBuilder ofConstructor) {
      Noting.note("constructor");
    }

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
    @RegisterExtension static final Noting noting = new Noting();

    @Test
    void runs() {}
  }

  @Test
  void onTheThreadOfJUnitTheLoopOfTheClassIsCurrent() {
    try (EventLoop before = EventLoop.open("before", EventLoop.Current.REPLACE)) {
      Runs.passing(WithCondition.class);

      assertThat(Condition.current).isEqualTo("TestLoop \"WithCondition\"");
      assertThat(EventLoop.current()).isSameAs(before);
    }
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  @ExtendWith(Condition.class)
  static class WithCondition {
    @Test
    void runs() {}
  }

  static class Condition implements ExecutionCondition {
    static String current;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      assertThat(EventLoop.running()).isEmpty();
      current = EventLoop.current().toString();
      return ConditionEvaluationResult.enabled("always");
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

  @ExtendWith(Failing.class)
  static class WithFailingExtension {
    @LoopTest
    void neverRuns() {}
  }

  @Test
  void whereNoTestRunsOnALoopTheyRunOnTheThreadOfJUnit() {
    Noting.places.clear();

    Runs.passing(WithoutLoop.class);

    assertThat(Noting.places).noneMatch(place -> place.contains(" on "));
  }

  @ExtendWith(Plain.class)
  static class WithoutLoop {
    @Test
    void runs() {}
  }

  static class Plain implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      Noting.note("beforeEach");
    }
  }

  @Test
  void anExtensionGetsTheContextThatItAsksFor() {
    Runs.passing(WithAskingExtension.class);

    assertThat(Asking.contexts)
        .containsExactlyInAnyOrder("class of DEFAULT", "test of TEST_METHOD");
  }

  @LoopTest
  static class WithAskingExtension {
    @RegisterExtension
    static final Asking first =
        new Asking(TestInstantiationAwareExtension.ExtensionContextScope.valueOf("DEFAULT"));

    @RegisterExtension
    static final Asking second =
        new Asking(TestInstantiationAwareExtension.ExtensionContextScope.TEST_METHOD);

    @Test
    void runs() {}
  }

  record Asking(TestInstantiationAwareExtension.ExtensionContextScope scope)
      implements TestInstancePostProcessor {
    static final List<String> contexts = new ArrayList<>();

    @Override
    public TestInstantiationAwareExtension.ExtensionContextScope
        getTestInstantiationExtensionContextScope(ExtensionContext root) {
      return scope;
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      assertThat(EventLoop.running()).isPresent();
      contexts.add((context.getTestMethod().isPresent() ? "test of " : "class of ") + scope);
    }
  }

  @Test
  void fieldsAreClosedOnTheLoop() {
    Runs.passing(WithPool.class);

    assertThat(WithPool.closed).isEqualTo("closed by a task at 2000-01-01T01:00:00Z");
  }

  /** To close the pool is to wait for its threads, which only the loop can run. */
  @LoopTest
  static class WithPool {
    static String closed;

    @AutoClose private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @Test
    void leavesWork() {
      pool.execute(() -> {
        LockSupport.parkNanos(Duration.ofHours(1).toNanos());
        closed = "closed by a task at " + Instant.now();
      });
    }
  }

  @Test
  void aFailureThatHandlersThrowAgainHasItsDetailsOnce() {
    Throwable failure = Runs.failing(WithHandlers.class);

    assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(RunDetails.class);
  }

  @LoopTest
  @ExtendWith(Noting.class)
  static class WithHandlers {
    @Test
    void fails() {
      throw new IllegalStateException("once");
    }
  }

  @Test
  void testsWithoutALoopKeepTheirExtensionsAsTheyAre() {
    assertThat(Runs.failing(WithTwoResolvers.class))
        .hasMessageContaining("competing ParameterResolvers")
        .hasMessageContaining(FirstResolver.class.getName())
        .hasMessageContaining(SecondResolver.class.getName());
  }

  @ExtendWith({FirstResolver.class, SecondResolver.class})
  static class WithTwoResolvers {
    @Test
    void neverRuns(String ofBoth) {}
  }

  static class FirstResolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return true;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      throw new AssertionError("never called");
    }
  }

  static class SecondResolver extends FirstResolver {}
}
