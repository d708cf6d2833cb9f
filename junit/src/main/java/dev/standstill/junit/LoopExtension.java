package dev.standstill.junit;

import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.standstill.EventLoop;
import dev.standstill.junit.flakes.Round;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.LoopNetworks;
import dev.standstill.test.stage.ParameterNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs the code of tests on loops, as {@link LoopTest} and {@link LoopScope} say, which bring it
 * along.
 *
 * <p>There are two reasons to name it. {@code @ExtendWith(LoopExtension.class)} gives plain
 * {@code @Test}s that have a parameter of type {@link TestLoop} a loop that they drive themselves:
 *
 * <pre>{@code
 * @Test
 * void waits(TestLoop loop) {
 *   var task = loop.spawn("waiter", queue::take);
 *   loop.runUntilBlocked();
 *   assertFalse(task.isDone());
 * }
 * }</pre>
 *
 * And {@link #on(Supplier)} makes one that runs tests on a loop that exists already.
 *
 * <p>Other extensions of such tests run on the loop, too: what they do before and after tests and
 * classes, around the test instance, around test methods, with exceptions, and to resolve
 * parameters. Conditions, watchers and providers of invocations stay on JUnit's thread, because
 * there is no loop yet, or none any more, and so does all that is about a class whose tests have a
 * loop each. On JUnit's thread the loop of the test is {@link EventLoop#current()}.
 *
 * <p>JUnit calls all other methods; any thread may.
 */
public final class LoopExtension
    implements ExecutionCondition,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        InvocationInterceptor,
        ParameterResolver,
        TestInstancePreDestroyCallback,
        TestWatcher,
        TestTemplateInvocationContextProvider {

  private static final Set<Class<?>> PARAMETERS =
      Set.of(TestLoop.class, EventLoop.class, Clock.class, Network.class);

  static {
    if (JUnitVersion.isSupported()) {
      OtherExtensions.install();
    }
  }

  private final @Nullable Supplier<? extends EventLoop> host;
  private final ThrowingConsumer<? super EventLoop> closer;
  private final boolean isOfUnannotated;

  /** Called by JUnit. */
  public LoopExtension() {
    this(null, loop -> {}, false);
  }

  private LoopExtension(
      @Nullable Supplier<? extends EventLoop> host,
      ThrowingConsumer<? super EventLoop> closer,
      boolean isOfUnannotated) {
    JUnitVersion.require();
    this.host = host;
    this.closer = closer;
    this.isOfUnannotated = isOfUnannotated;
  }

  /** Makes the one of tests that run on loops without an annotation, and of all others. */
  static LoopExtension ofUnannotatedTests() {
    return new LoopExtension(null, loop -> {}, true);
  }

  /**
   * Runs tests, their fixtures and nested classes on a loop that exists already, which is not
   * closed.
   *
   * <pre>{@code
   * @RegisterExtension
   * static LoopExtension loops = LoopExtension.on(() -> Application.loop());
   * }</pre>
   *
   * <p>The field decides how long a loop is used. If it is static, the loop is asked for once for
   * each class that runs, and its nested classes share it; {@link LoopScope} on the class says
   * otherwise: once for each test, or once for all classes that inherit the field. If it is not
   * static, the loop is asked for once for each test instance, so mostly for each test; then the
   * constructor and {@code @BeforeAll} and {@code @AfterAll} methods are no part of it and stay on
   * JUnit's thread.
   *
   * <p>The field nearest to a test is the one that counts: that of its class before those of its
   * superclasses, and these before those of the enclosing class. The loops of the others are not
   * asked for.
   *
   * @param loop gives the loop; called on JUnit's thread
   * @return an extension for a field of type {@code LoopExtension} with {@code @RegisterExtension}
   */
  public static LoopExtension on(Supplier<? extends EventLoop> loop) {
    return on(loop, open -> {});
  }

  /**
   * Runs tests on a loop that exists already, as {@link #on(Supplier)} does, and closes what it
   * belongs to.
   *
   * <pre>{@code
   * final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
   *
   * @RegisterExtension
   * final LoopExtension loops =
   *     LoopExtension.on(
   *         () -> EventLoop.on(NettyHost.of(group.next())),
   *         loop -> group.shutdownGracefully().sync());
   * }</pre>
   *
   * @param loop gives the loop; called on JUnit's thread
   * @param closer is given that loop on JUnit's thread, where it may wait for the loop's thread,
   *     after all else that JUnit does for the test, for the class, or for all classes that share
   *     the loop. What it throws fails the test, the class, or the run
   * @return an extension for a field of type {@code LoopExtension} with {@code @RegisterExtension}
   */
  public static LoopExtension on(
      Supplier<? extends EventLoop> loop, ThrowingConsumer<? super EventLoop> closer) {
    return new LoopExtension(
        Objects.requireNonNull(loop, "loop"), Objects.requireNonNull(closer, "closer"), false);
  }

  /** Whether it names a loop that exists already. */
  boolean isHost() {
    return host != null;
  }

  /** Asks for the loop, for code in {@code context}. */
  HostedLoop host(ExtensionContext context, Settings settings) {
    EventLoop loop = Objects.requireNonNull(host).get();
    if (loop == null) {
      throw new ExtensionConfigurationException(
          "The supplier of LoopExtension.on() gave null for %s: the loop has to exist when the %s begins."
              .formatted(
                  context.getRequiredTestClass().getName(),
                  context.getTestMethod().isPresent() ? "test" : "class"));
    }
    LoopUsers users = new LoopUsers(context.getUniqueId(), null, false);
    return new HostedLoop(new StoredStage(loop, () -> {}, settings, users), closer);
  }

  /** Leaves out tests that are not to be repeated, and those for which a search has no time. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    FlakeSearch.of(context); // so that it is the first in JUnit's store, and is closed last
    if (context.getTestMethod().isEmpty()) {
      return ConditionEvaluationResult.enabled("decided for each test");
    }
    if (FlakeSearch.roundOf(context).filter(Round::isOver).isPresent()) {
      return ConditionEvaluationResult.disabled("the time for finding flaky tests is up");
    }
    return Repetition.ofAll(context)
        .filter(repetition -> !repetition.isFor(context) && !isForAnInvocation(repetition, context))
        .map(repetition ->
            ConditionEvaluationResult.disabled(
                "%s is of %s".formatted(ParameterNames.REPLAY, repetition.test())))
        .orElse(ConditionEvaluationResult.enabled("it is not left out"));
  }

  /** A method may have invocations of which only one is meant. */
  private static boolean isForAnInvocation(Repetition repetition, ExtensionContext context) {
    String test = Objects.requireNonNullElse(repetition.test(), "");
    return test.contains("#")
        && context.getUniqueId().endsWith(")]")
        && TestName.of(context).isMeantBy(test.substring(0, test.indexOf('#')));
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    FlakeSearch.passed(context);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    if (cause != null) {
      FlakeSearch.failed(context, cause);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    refuseIfIgnored(context);
    Stages.makeCurrent(context);
  }

  private void refuseIfIgnored(ExtensionContext context) {
    if (host != null) {
      Hosting.refuseUnlessInField(this, context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    OtherExtensions.warnUnlessInstalled();
    refuseIfIgnored(context);
    Stages.makeCurrent(context);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (Configuration.flag(context, Settings.VIRTUAL_TIME)) {
      publishVirtualTime(context);
    }
    Stages.restoreCurrent(context);
    if (hasOneInstanceForAll(context)) {
      Stages.closeOf(context);
    }
    Stages.throwFailures(context);
  }

  private static void publishVirtualTime(ExtensionContext context) {
    Stages.openIn(context)
        .flatMap(StoredStage::virtualTime)
        .ifPresent(time -> context.publishReportEntry(Settings.VIRTUAL_TIME, time.toString()));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Stages.restoreCurrent(context);
    if (!hasOneInstanceForAll(context)) {
      Stages.closeOf(context);
    }
  }

  /** Called last for a test, or for a class that has one instance for all its tests. */
  @Override
  public void preDestroyTestInstance(ExtensionContext context) throws Exception {
    Stages.closeOf(context);
  }

  private static boolean hasOneInstanceForAll(ExtensionContext context) {
    return context.getTestInstanceLifecycle().filter(PER_CLASS::equals).isPresent();
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return run(invocation, context);
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    Settings settings = Settings.of(context);
    if (!isOfUnannotated && (settings.seeds() > 0 || settings.mustExplore())) {
      throw new ExtensionConfigurationException(
          "%s cannot run under several schedules: replace its @Test by @LoopTest(seeds = ...) or @LoopTest(explore = ...)."
              .formatted(context.getRequiredTestMethod()));
    }
    // What a class shares with its tests is made once, and not for each schedule.
    if (settings.explore() > 0 && Stages.hasOwnLoop(context)) {
      explore(invocation, invocationContext, settings, context);
    } else {
      runTest(invocation, context);
    }
  }

  private static void explore(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      Settings settings,
      ExtensionContext context) {
    invocation.skip();
    new ExploredTest(context, invocationContext.getExecutable(), invocationContext.getArguments())
        .explore(settings, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    Settings settings = Settings.of(context);
    if (settings.explore() > 0 && Settings.isLoopTest(context) && !Stages.isHosted(context)) {
      refuseRealTime(settings, context);
      refuseShared(context);
      explore(invocation, invocationContext, settings, context);
    } else {
      runTest(invocation, context);
    }
  }

  private static void refuseRealTime(Settings settings, ExtensionContext context) {
    if (settings.time() == LoopTest.Time.REAL) {
      throw new ExtensionConfigurationException(
          "The schedules of %s cannot be explored in real time: leave time = REAL away, or explore."
              .formatted(context.getRequiredTestMethod()));
    }
  }

  private static void refuseShared(ExtensionContext context) {
    Owners.of(context)
        .ifPresent(owner -> {
          throw new ExtensionConfigurationException(
              "The schedules of %s cannot be explored, because each would have to start %s anew: explore the classes that it is made of, or try a few schedules with seeds."
                  .formatted(context.getRequiredTestMethod(), owner));
        });
  }

  @Override
  public <T extends @Nullable Object> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return run(invocation, context);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    runTest(invocation, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  private void runTest(Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Throwable {
    Settings settings = Settings.of(context);
    if (!settings.loop().traced()) {
      run(invocation, context, settings.timeout());
      return;
    }
    try {
      run(invocation, context, settings.timeout());
    } catch (Throwable failure) {
      TimelineFile.tell(failure, settings, context);
      throw failure;
    }
    TimelineFile.publish(settings, context);
  }

  private <T extends @Nullable Object> T run(Invocation<T> invocation, ExtensionContext context)
      throws Throwable {
    return run(invocation, context, null);
  }

  private <T extends @Nullable Object> T run(
      Invocation<T> invocation, ExtensionContext context, @Nullable Duration timeout)
      throws Throwable {
    StoredStage stage = Stages.performing(context).orElse(null);
    if (stage != null) {
      note(stage, context);
      return stage.run(invocation, timeout, context.getUniqueId());
    }
    StoredStage driven = Stages.ofTest(context).orElse(null);
    if (driven != null) {
      note(driven, context);
    }
    return driven == null ? invocation.proceed() : driven.watch(invocation);
  }

  /** The schedule of a loop that exists already, or repeats a run, cannot be chosen. */
  private static void note(StoredStage stage, ExtensionContext context) {
    if (FlakeSearch.of(context).isPresent()
        && context.getTestMethod().isPresent()
        && stage.loop() instanceof TestLoop
        && !Stages.isHosted(context)
        && Settings.of(context).replay() == null) {
      FlakeSearch.ranOnLoop(context);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return isOfUnannotated
        ? EventLoop.class.isAssignableFrom(type) && UnannotatedTests.areMeant(context)
        : PARAMETERS.contains(type) && isNearest(context);
  }

  /** JUnit wants one answer, and a test may have several extensions of this type. */
  private boolean isNearest(ExtensionContext context) {
    return Hosting.nearest(context)
        .flatMap(Hosting::extension)
        .map(nearest -> nearest == this)
        .orElse(host == null);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    EventLoop loop =
        Stages.of(context)
            .orElseThrow(() ->
                new ParameterResolutionException(
                    "There is no loop for %s: %s"
                        .formatted(parameter.getDeclaringExecutable(), whyNone(context))))
            .loop();
    Class<?> type = parameter.getParameter().getType();
    if (type == Clock.class) {
      return loop instanceof TestLoop test ? test.clock() : Clock.systemUTC();
    }
    if (type == Network.class) {
      return networkOf(loop, parameter);
    }
    if (!type.isInstance(loop)) {
      throw new ParameterResolutionException(
          "%s runs in real time and is no TestLoop for %s: ask for an EventLoop, or leave time = REAL away."
              .formatted(loop, parameter.getDeclaringExecutable()));
    }
    return loop;
  }

  private static Network networkOf(EventLoop loop, ParameterContext parameter) {
    if (loop instanceof TestLoop test && LoopNetworks.of(test).isPresent()) {
      return Network.of(test);
    }
    throw new ParameterResolutionException(
        "%s asks for a network, and sockets of its loop are the machine's: write @LoopTest(network = true)."
            .formatted(parameter.getDeclaringExecutable()));
  }

  private static String whyNone(ExtensionContext context) {
    return Hosting.nearest(context)
        .filter(nearest -> nearest.extension().isEmpty())
        .map(nearest ->
            "the field %s that names it gets its value in the constructor. Make it static, with @LoopScope(LoopScope.Kind.METHOD) for a loop for each test."
                .formatted(nearest.field().getName()))
        .orElse(
            "each test of the class has its own. Use @LoopScope(LoopScope.Kind.CLASS) for one that they share.");
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), LoopTest.class);
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Settings settings = Settings.of(context);
    if (TestName.isTestWithoutLoop(context.getRequiredTestMethod())) {
      return Stream.empty();
    }
    int seeds = settings.seeds(context);
    if (seeds == 0 || settings.replay() != null || settings.explore() > 0) {
      return Stream.of(once(settings));
    }
    return Seeds.of(seeds, settings.keepGoing(), context);
  }

  private static TestTemplateInvocationContext once(Settings settings) {
    String name =
        settings.time() == LoopTest.Time.REAL
            ? "real time"
            : settings.explore() > 0 && settings.replay() == null
                ? "up to %,d schedules".formatted(settings.explore())
                : settings.replay() == null
                    ? settings.seed() == null ? "virtual time" : "seed " + settings.seed()
                    : "replay " + settings.replay();
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int index) {
        return name;
      }
    };
  }
}
