package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.junit.spi.LoopOwners;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What owns the loops of tests, as the modules that are there say. Any thread may call. */
final class Owners {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** It keeps contexts from test to test, and nothing tells us so without our module for it. */
  private static final String SPRING =
      "org.springframework.test.context.junit.jupiter.SpringExtension";

  private static final List<LoopOwners> ALL =
      ServiceLoader.load(LoopOwners.class, LoopOwners.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /** Threads of ours, for calls that may never return. */
  private static final ExecutorService CALLERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("standstill-owner-", 1).factory());

  /** How long an owner may take to answer, or to end whose loop can run nothing any more. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private static final ClassValue<Optional<LoopOwner>> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Optional<LoopOwner> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private Owners() {}

  /** What owns the loop of the code of {@code context}; empty if tests do. */
  static Optional<LoopOwner> of(ExtensionContext context) {
    if (ALL.isEmpty() || !Settings.isLoopTest(context)) {
      return Optional.empty();
    }
    return context
        .getTestClass()
        .map(OF_CLASS::get)
        .orElseGet(() -> context.getParent().flatMap(Owners::of));
  }

  /** What is wrong with a class is told by the framework that it is written for. */
  private static Optional<LoopOwner> find(Class<?> testClass) {
    try {
      return ALL.stream().flatMap(owners -> owners.ownerFor(testClass).stream()).findFirst();
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "What %s shares with others is not known".formatted(testClass), e);
      return Optional.empty();
    }
  }

  /**
   * Whether an owner is alive, as far as that can be told: what a stuck start has locked would keep
   * the calling thread for ever.
   */
  static boolean mayBeAlive(LoopOwner owner) {
    Future<Boolean> alive = CALLERS.submit(owner::isAlive);
    try {
      return alive.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.WARNING, "Nobody can tell whether %s is alive".formatted(owner), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /**
   * Ends an owner by a thread outside of its loop, which cannot run it any more; whatever waits for
   * a task there would wait for ever.
   */
  static void endElsewhere(LoopOwner owner, EventLoop loop) throws InterruptedException {
    Future<?> ending =
        CALLERS.submit(() -> {
          owner.close();
          return null;
        });
    try {
      ending.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.WARNING, "%s did not end with %s".formatted(owner, loop), e);
    }
  }

  /** Says once that what an extension keeps for the next test does not go on there. */
  static void warnOf(Extension extension) {
    if (ALL.isEmpty()
        && extension.getClass().getName().equals(SPRING)
        && WARNED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "Spring keeps its contexts from test to test, and loops end with their tests: schedulers, pools and servers of a context stand still in the second. Add dev.standstill:standstill-spring to the test dependencies, and tests run on the loop of their context.");
    }
  }
}
