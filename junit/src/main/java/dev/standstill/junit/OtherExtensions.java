package dev.standstill.junit;

import dev.standstill.agent.Extensions;
import dev.standstill.junit.suite.WholeSuite;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/**
 * The extensions that a test has besides {@link LoopExtension}, as JUnit looks them up to call
 * them: their callbacks run on the loop of the test. Any thread may call.
 */
final class OtherExtensions {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** It begins before all others, and ends after them: JUnit calls backwards what comes after. */
  private static final Comparator<Object> CALLED = firstThose(LoopExtension.class::isInstance);

  /** What comes after it runs on the loop; the time limits of JUnit belong to its own thread. */
  private static final Comparator<Object> INTERCEPTING =
      firstThose(OtherExtensions::isOfJUnit).thenComparing(CALLED);

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private static volatile boolean lookedUp;

  private OtherExtensions() {}

  /** Made when it is needed, as it cannot be for a JUnit that is too old. */
  private static final class OfUnannotatedTests {
    static final LoopExtension EXTENSION = LoopExtension.ofUnannotatedTests();
  }

  /** Has JUnit look up extensions through here, if the agent can be loaded. */
  static void install() {
    try {
      Extensions.replaceBy(OtherExtensions::replacement);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "The agent is not there.", e);
    }
  }

  /** Says once that extensions do not run on loops, if JUnit does not look them up through here. */
  static void warnUnlessInstalled() {
    if (!lookedUp && WARNED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "Callbacks of other extensions run on JUnit's thread and not on the loop of the test: the agent does not know JUnit %s, or it is not there. Use JUnit 6.1.3, for which it was written, and load the agent."
              .formatted(ExtensionContext.class.getPackage().getImplementationVersion()));
    }
  }

  /**
   * What becomes of the extensions that were found.
   *
   * @param registry where JUnit has looked
   * @param type as what it calls them
   */
  private static UnaryOperator<Stream<?>> replacement(Object registry, Class<?> type) {
    lookedUp = true;
    UnaryOperator<Stream<?>> registered = withOurs(type);
    if (type == InvocationInterceptor.class) {
      return found -> registered.apply(found).sorted(INTERCEPTING);
    }
    return ExtensionOnLoop.CALLBACKS.contains(type)
        ? found ->
            registered
                .apply(found)
                .sorted(CALLED)
                .map(extension -> onLoop((Extension) extension, type, registry))
        : registered;
  }

  /**
   * Adds the extension of tests that run on loops without an annotation, if there may be such, to
   * those of tests that have none of ours.
   */
  private static UnaryOperator<Stream<?>> withOurs(Class<?> type) {
    if (!WholeSuite.goesOn() || !type.isAssignableFrom(LoopExtension.class)) {
      return found -> found;
    }
    return found -> {
      List<?> registered = found.toList();
      return registered.stream().anyMatch(LoopExtension.class::isInstance)
          ? registered.stream()
          : Stream.concat(registered.stream(), Stream.of(OfUnannotatedTests.EXTENSION));
    };
  }

  private static Extension onLoop(Extension extension, Class<?> type, Object registry) {
    boolean stays =
        extension instanceof LoopExtension
            || extension instanceof Seeds.Run
            || isOfJUnit(extension) && !ExtensionOnLoop.isAutoClose(extension);
    if (stays || !mayKnowLoops(registry)) {
      return extension;
    }
    Owners.warnOf(extension);
    return ExtensionOnLoop.of(extension, type);
  }

  private static boolean isOfJUnit(Object extension) {
    return extension.getClass().getName().startsWith("org.junit.jupiter.");
  }

  /**
   * Whether a registry of JUnit is that of tests on loops; extensions of others stay as they are.
   * If JUnit is a module it shows its registries to nobody, and any of them may be such a one.
   */
  private static boolean mayKnowLoops(Object registry) {
    try {
      Method stream = registry.getClass().getMethod("stream", Class.class);
      return ((Stream<?>) stream.invoke(registry, LoopExtension.class)).findAny().isPresent();
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static Comparator<Object> firstThose(Predicate<Object> isFirst) {
    return Comparator.comparing(isFirst::test, Comparator.reverseOrder());
  }
}
