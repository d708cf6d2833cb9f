package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.ExecutorHost;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which loop that exists already a test runs on, how long, and who closes it. */
class HostingTest {

  /** What happened in the example classes, in order. */
  private static final List<String> EVENTS = new ArrayList<>();

  private static final Set<EventLoop> LOOPS = new LinkedHashSet<>();

  @BeforeEach
  void forget() {
    EVENTS.clear();
    LOOPS.clear();
  }

  private static EventLoop open(String name) {
    EVENTS.add("open " + name);
    return EventLoop.on(ExecutorHost.of(Executors.newSingleThreadScheduledExecutor()));
  }

  private static ScheduledExecutorService executorOf(EventLoop loop) {
    return ((ExecutorHost) loop.host().orElseThrow()).executor();
  }

  /** Waits for the thread of the loop: it would be waited for in vain by a task of that loop. */
  private static void close(EventLoop loop) throws InterruptedException {
    assertThat(EventLoop.running()).isEmpty();
    executorOf(loop).shutdown();
    assertThat(executorOf(loop).awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    EVENTS.add("close");
  }

  private static void note(String event) {
    assertThat(EventLoop.running()).hasValue(EventLoop.current());
    LOOPS.add(EventLoop.current());
    EVENTS.add(event);
  }

  /** Keeps something in JUnit's stores that is to be closed while the loop is there. */
  static final class Other implements AfterEachCallback, AfterAllCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      note("other afterEach");
      context
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .put("kept", (AutoCloseable) () -> EVENTS.add("kept is closed"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
      note("other afterAll");
    }
  }

  @Test
  void aFieldOfTheInstanceGivesEachTestALoop() {
    Runs.passing(OfInstance.class);

    assertThat(LOOPS).hasSize(2);
    List<String> ofATest =
        List.of(
            "open of instance",
            "before",
            "test",
            "after",
            "other afterEach",
            "auto-close",
            "kept is closed",
            "close");
    assertThat(EVENTS.subList(0, 8)).isEqualTo(ofATest);
    assertThat(EVENTS.subList(8, 16)).isEqualTo(ofATest);
  }

  static class OfInstance {
    @RegisterExtension
    final LoopExtension loops = LoopExtension.on(() -> open("of instance"), HostingTest::close);

    @RegisterExtension final AfterEachCallback other = new Other()::afterEach;

    @AutoClose final AutoCloseable field = () -> note("auto-close");

    @BeforeEach
    void before(EventLoop loop) {
      assertThat(loop).isSameAs(EventLoop.current());
      note("before");
    }

    @Test
    void first() {
      note("test");
    }

    @Test
    void second(EventLoop loop) throws InterruptedException {
      Thread.sleep(1);
      assertThat(loop).isSameAs(EventLoop.current());
      note("test");
    }

    @AfterEach
    void after() {
      note("after");
    }
  }

  @Test
  void aStaticFieldGivesEachClassALoopThatIsClosedAfterAllElse() {
    Runs.passing(FirstOfStatic.class, SecondOfStatic.class);

    assertThat(LOOPS).hasSize(2);
    List<String> ofAClass =
        List.of(
            "open static",
            "test",
            "nested",
            "other afterAll", // of the nested class
            "after all",
            "other afterAll",
            "close");
    assertThat(EVENTS.subList(0, 7)).isEqualTo(ofAClass);
    assertThat(EVENTS.subList(7, 14)).isEqualTo(ofAClass);
  }

  abstract static class WithStatic {
    @RegisterExtension
    static final LoopExtension loops = LoopExtension.on(() -> open("static"), HostingTest::close);

    @RegisterExtension static final AfterAllCallback other = new Other()::afterAll;

    private final EventLoop ofConstructor = EventLoop.current();

    @Test
    void test(EventLoop loop) {
      assertThat(loop).isSameAs(ofConstructor).isSameAs(EventLoop.current());
      note("test");
    }

    @AfterAll
    static void afterAll() {
      note("after all");
    }
  }

  static class FirstOfStatic extends WithStatic {
    @Nested
    class Inner {
      @Test
      void nested() {
        note("nested");
      }
    }
  }

  static class SecondOfStatic extends WithStatic {
    @Nested
    class Inner {
      @Test
      void nested() {
        note("nested");
      }
    }
  }

  @Test
  void aStaticFieldGivesEachTestALoopIfTheScopeSaysSo() {
    Runs.passing(StaticForEachTest.class);

    assertThat(LOOPS).hasSize(2);
    assertThat(EVENTS)
        .containsExactly(
            "open each",
            "constructor",
            "test",
            "close",
            "open each",
            "constructor",
            "test",
            "close");
  }

  @LoopScope(LoopScope.Kind.METHOD)
  static class StaticForEachTest {
    @RegisterExtension
    static final LoopExtension loops = LoopExtension.on(() -> open("each"), HostingTest::close);

    StaticForEachTest(EventLoop loop) {
      assertThat(loop).isSameAs(EventLoop.current());
      note("constructor");
    }

    @BeforeAll
    static void beforeAll() {
      assertThat(EventLoop.running()).isEmpty();
    }

    @Test
    void first() {
      note("test");
    }

    @Test
    void second() {
      note("test");
    }
  }

  @Test
  void classesShareTheLoopOfAFieldThatTheyInheritIfTheScopeSaysSo() {
    Runs.passing(FirstOfShared.class, SecondOfShared.class);

    assertThat(LOOPS).hasSize(1);
    assertThat(EVENTS).containsExactly("open shared", "test", "test", "close");
  }

  @LoopScope(LoopScope.Kind.SHARED)
  abstract static class WithShared {
    @RegisterExtension
    static final LoopExtension loops = LoopExtension.on(() -> open("shared"), HostingTest::close);

    @Test
    void test() {
      note("test");
    }
  }

  static class FirstOfShared extends WithShared {}

  static class SecondOfShared extends WithShared {}

  @Test
  void aSubclassOverridesTheLoopOfItsSuperclass() {
    Runs.passing(Overriding.class);

    assertThat(EVENTS)
        .filteredOn(event -> !event.equals("other afterAll"))
        .containsExactly("open own", "test", "nested", "after all", "close");
  }

  static class Overriding extends WithStatic {
    @RegisterExtension
    static final LoopExtension ofSubclass = LoopExtension.on(() -> open("own"), HostingTest::close);

    @Nested
    class Inner {
      @Test
      void nested() {
        note("nested");
      }
    }
  }

  @Test
  void aFieldOfTheInstanceOverridesTheLoopOfTheClass() {
    Runs.passing(OverridingForEachTest.class);

    assertThat(EVENTS)
        .containsExactly(
            "open of class", "before all", "open of test", "test", "close", "after all", "close");
    assertThat(LOOPS).hasSize(2);
  }

  @LoopTest
  static class OverridingForEachTest {
    @RegisterExtension
    static final LoopExtension ofClass =
        LoopExtension.on(() -> open("of class"), HostingTest::close);

    @RegisterExtension
    final LoopExtension ofTest = LoopExtension.on(() -> open("of test"), HostingTest::close);

    OverridingForEachTest() {
      assertThat(EventLoop.running()).isEmpty();
    }

    @BeforeAll
    static void beforeAll(EventLoop loop) {
      assertThat(loop).isSameAs(EventLoop.current());
      note("before all");
    }

    @Test
    void test(EventLoop loop) {
      assertThat(loop).isSameAs(EventLoop.current());
      note("test");
    }

    @AfterAll
    static void afterAll() {
      note("after all");
    }
  }

  @Test
  void aNestedClassOverridesTheLoopOfTheEnclosingClass() {
    Runs.passing(Enclosing.class);

    assertThat(LOOPS).hasSize(2);
    assertThat(EVENTS)
        .containsExactly("open outer", "outer", "open inner", "inner", "close", "close");
  }

  static class Enclosing {
    @RegisterExtension
    static final LoopExtension loops = LoopExtension.on(() -> open("outer"), HostingTest::close);

    @Test
    void outer() {
      note("outer");
    }

    @Nested
    class Inner {
      @RegisterExtension
      final LoopExtension loops = LoopExtension.on(() -> open("inner"), HostingTest::close);

      @Test
      void inner(EventLoop loop) {
        assertThat(loop).isSameAs(EventLoop.current());
        note("inner");
      }
    }
  }

  @Test
  void oneInstanceForAllTestsHasOneLoop() {
    Runs.passing(OneInstance.class);

    assertThat(EVENTS)
        .containsExactly("open one", "before all", "test", "test", "after all", "close");
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    @RegisterExtension
    final LoopExtension loops = LoopExtension.on(() -> open("one"), HostingTest::close);

    @BeforeAll
    void beforeAll(EventLoop loop) {
      assertThat(loop).isSameAs(EventLoop.current());
      note("before all");
    }

    @Test
    void first() {
      note("test");
    }

    @Test
    void second() {
      note("test");
    }

    @AfterAll
    void afterAll() {
      note("after all");
    }
  }

  @Test
  void junitsThreadHasItsCurrentLoopBackAfterwards() {
    EventLoop before = EventLoop.currentIfPresent().orElse(null);

    Runs.passing(OverridingForEachTest.class, Overriding.class);

    assertThat(EventLoop.currentIfPresent().orElse(null)).isSameAs(before);
  }

  @Test
  void whatACloserThrowsFailsTheTestOrTheClass() {
    assertThat(Runs.failing(Runs.of(PortStaysOpen.class))).hasMessage("The port is still open.");
    assertThat(Runs.failing(Runs.of(PortOfClassStaysOpen.class)))
        .hasMessage("The port is still open.");
  }

  private static void failToClose(EventLoop loop) throws Throwable {
    close(loop);
    throw new AssertionError("The port is still open.");
  }

  static class PortStaysOpen {
    @RegisterExtension
    final LoopExtension loops = LoopExtension.on(() -> open("test"), HostingTest::failToClose);

    @Test
    void passes() {}
  }

  static class PortOfClassStaysOpen {
    @RegisterExtension
    static final LoopExtension loops =
        LoopExtension.on(() -> open("class"), HostingTest::failToClose);

    @Test
    void passes() {}
  }

  @Test
  void twoLoopsInOneClassAreRefused() {
    assertThat(Runs.failing(Runs.of(Two.class)))
        .hasMessageStartingWith(Two.class.getName() + " has two fields that name its loop, ")
        .hasMessageContaining("first")
        .hasMessageContaining("second")
        .hasMessageEndingWith(": leave one of them away.");
  }

  static class Two {
    @RegisterExtension static final LoopExtension first = LoopExtension.on(() -> open("1"));
    @RegisterExtension static final LoopExtension second = LoopExtension.on(() -> open("2"));

    @Test
    void neverRuns() {}
  }

  @Test
  void aLoopThatWouldBeIgnoredIsRefused() {
    assertThat(Runs.failing(Runs.of(OfAnotherType.class)))
        .hasMessage(
            "The loop of LoopExtension.on() would be ignored for %s: put it into a field of type LoopExtension with @RegisterExtension.",
            OfAnotherType.class.getName());
  }

  static class OfAnotherType {
    @RegisterExtension static final Extension loops = LoopExtension.on(() -> open("ignored"));

    @Test
    void neverRuns() {}
  }

  @Test
  void aScopeThatTheFieldCannotHaveIsRefused() {
    assertThat(Runs.failing(Runs.of(InstanceForClass.class)))
        .hasMessage(
            "The field loops of %s is not static, so its loop is for one test, and @LoopScope(LoopScope.Kind.CLASS) says otherwise: make the field static, or leave @LoopScope away.",
            InstanceForClass.class.getName());
  }

  @LoopScope(LoopScope.Kind.CLASS)
  static class InstanceForClass {
    @RegisterExtension final LoopExtension loops = LoopExtension.on(() -> open("never"));

    @Test
    void neverRuns() {}
  }

  @Test
  void aConstructorCannotAskForTheLoopThatItMakes() {
    assertThat(Runs.failing(Runs.of(AskingTooEarly.class)))
        .hasMessageContaining(
            "the field loops that names it gets its value in the constructor. "
                + "Make it static, with @LoopScope(LoopScope.Kind.METHOD) for a loop for each test.");
  }

  @LoopTest
  static class AskingTooEarly {
    @RegisterExtension final LoopExtension loops = LoopExtension.on(() -> open("never"));

    AskingTooEarly(EventLoop loop) {}

    @Test
    void neverRuns() {}
  }
}
