package dev.standstill.junit;

import dev.standstill.test.spi.Sightings;
import dev.standstill.test.stage.SeedFailures;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The runs of one method under the seeds 0, 1, 2 and so on, up to the first that fails, or all of
 * them.
 */
final class Seeds {

  /** The report entry that tells what was to be seen sometimes, and was not. */
  static final String SOMETIMES = "standstill.sometimes";

  private final int count;
  private final @Nullable SeedFailures failures;
  private final Sightings sightings = new Sightings();
  private volatile boolean failed;

  private Seeds(int count, @Nullable SeedFailures failures) {
    this.count = count;
    this.failures = failures;
  }

  /**
   * The runs of a method.
   *
   * @param all whether all run although one has failed; the method fails then when they are over
   * @param context that of the method
   */
  static Stream<TestTemplateInvocationContext> of(
      int count, boolean all, ExtensionContext context) {
    Seeds seeds = new Seeds(count, all ? new SeedFailures() : null);
    Stages.closeAtEnd(context, seeds.new Summary(context));
    return seeds.runs();
  }

  private Stream<TestTemplateInvocationContext> runs() {
    return LongStream.range(0, count).takeWhile(seed -> isWanted()).mapToObj(Run::new);
  }

  private boolean isWanted() {
    return !failed || failures != null;
  }

  /**
   * Tells what none of the runs has seen, and fails the method if all were wanted and one has
   * failed; JUnit's store closes it when they are over.
   */
  @SuppressWarnings("deprecation") // Stores of JUnit 5.12 close nothing else.
  private final class Summary implements AutoCloseable, CloseableResource {

    private final ExtensionContext context;

    Summary(ExtensionContext context) {
      this.context = context;
    }

    @Override
    public void close() {
      AssertionError summary = failures == null ? null : failures.summary(count);
      if (summary != null) {
        throw summary;
      }
      if (!failed) {
        sightings.missing().ifPresent(said -> context.publishReportEntry(SOMETIMES, said));
        sightings.warn(TestName.of(context).toString());
      }
    }
  }

  /** JUnit prepares an invocation after it has made the instance, which needs the loop already. */
  final class Run
      implements TestTemplateInvocationContext,
          TestInstancePreConstructCallback,
          AfterEachCallback,
          TestWatcher {

    private final long seed;

    private Run(long seed) {
      this.seed = seed;
    }

    @Override
    public String getDisplayName(int index) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
      return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(
        TestInstanceFactoryContext factoryContext, ExtensionContext context) {
      Stages.seed(context, seed);
    }

    /** Not called by JUnit 5.12, which makes an instance for each run, though. */
    @Override
    public void prepareInvocation(ExtensionContext context) {
      Stages.seed(context, seed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Stages.openIn(context).ifPresent(stage -> stage.note(sightings));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
      failed = true;
      if (failures != null && cause != null) {
        failures.add(seed, cause);
      }
    }
  }
}
