package dev.standstill.testng;

import dev.standstill.test.spi.Sightings;
import dev.standstill.test.stage.SeedFailures;
import dev.standstill.test.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;
import org.testng.ITestResult;

/** The invocations of a test method that runs under several seeds. Any thread may call. */
final class LoopSeeds {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final String ATTRIBUTE = "dev.standstill.seeds";
  private static final String COUNTED = "dev.standstill.counted";

  private final ITestNGMethod test;

  /** Whether all run although one has failed; then the last tells how many have. */
  private final boolean keepGoing;

  private final SeedFailures failures = new SeedFailures();
  private final Sightings sightings = new Sightings();
  private int ended;
  private boolean failed;
  private boolean told;

  private LoopSeeds(ITestNGMethod test, boolean keepGoing) {
    this.test = test;
    this.keepGoing = keepGoing;
  }

  /** A test method will run so. */
  static void begin(ITestNGMethod test, boolean keepGoing, ITestContext context) {
    if (context.getAttribute(ATTRIBUTE) == null) {
      context.setAttribute(ATTRIBUTE, new CopyOnWriteArrayList<LoopSeeds>());
    }
    if (of(test, context).isEmpty()) {
      all(context).add(new LoopSeeds(test, keepGoing));
    }
  }

  /** The invocations of a test method; empty if it does not run so. */
  static Optional<LoopSeeds> of(ITestNGMethod test, ITestContext context) {
    return all(context).stream()
        .filter(each -> each.test.equals(test) && each.test.getInstance() == test.getInstance())
        .findFirst();
  }

  @SuppressWarnings("unchecked") // Nobody else has an attribute of this name.
  private static List<LoopSeeds> all(ITestContext context) {
    Object all = context.getAttribute(ATTRIBUTE);
    return all == null ? List.of() : (List<LoopSeeds>) all;
  }

  /**
   * An invocation has ended, which several listeners may say.
   *
   * @return if it was the last of all, how many have failed, and how; null if none has
   */
  synchronized @Nullable AssertionError ended(long seed, ITestResult result, Stage stage) {
    if (result.getAttribute(COUNTED) != null) {
      return null;
    }
    result.setAttribute(COUNTED, true);
    ended++;
    stage.note(sightings);
    failed |= result.getStatus() == ITestResult.FAILURE;
    Throwable failure = result.getThrowable();
    if (result.getStatus() == ITestResult.FAILURE && failure != null) {
      failures.add(seed, failure);
    }
    return result.getMethod().isDataDriven() || ended < test.getInvocationCount() ? null : tell();
  }

  private synchronized @Nullable AssertionError tell() {
    AssertionError summary = told || !keepGoing ? null : failures.summary(ended);
    told = true;
    return summary;
  }

  /**
   * Logs what none has seen, and what no invocation has told: nobody knows which is the last of
   * those with data.
   */
  static void tellRest(ITestContext context) {
    for (LoopSeeds seeds : all(context)) {
      AssertionError summary = seeds.tell();
      if (summary != null) {
        LOG.log(
            System.Logger.Level.ERROR,
            "%s: %s".formatted(seeds.test.getQualifiedName(), summary.getMessage()));
      } else if (!seeds.failed) {
        seeds.sightings.warn(seeds.test.getQualifiedName());
      }
    }
  }
}
