package dev.standstill.junit;

import dev.standstill.test.stage.SeedFailures;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  private final int count;
  private final @Nullable SeedFailures failures;
  private volatile boolean failed;

  private Seeds(int count, @Nullable SeedFailures failures) {
    this.count = count;
    this.failures = failures;
  }

  /** The runs of a method up to the first that fails. */
  static Stream<TestTemplateInvocationContext> upToTheFirstFailure(int count) {
    return new Seeds(count, null).runs();
  }

  /**
   * All runs of a method; when they are over, it fails with what has become of them.
   *
   * @param context that of the method
   */
  static Stream<TestTemplateInvocationContext> all(int count, ExtensionContext context) {
    SeedFailures failures = new SeedFailures();
    Stages.closeAtEnd(context, new Summary(failures, count));
    return new Seeds(count, failures).runs();
  }

  private Stream<TestTemplateInvocationContext> runs() {
    return LongStream.range(0, count).takeWhile(seed -> isWanted()).mapToObj(Run::new);
  }

  private boolean isWanted() {
    return !failed || failures != null;
  }

  /** Fails the method if one of its runs has failed; JUnit's store closes it when all have run. */
  @SuppressWarnings("deprecation") // Stores of JUnit 5.12 close nothing else.
  private record Summary(SeedFailures failures, int count)
      implements AutoCloseable, CloseableResource {
    @Override
    public void close() {
      AssertionError summary = failures.summary(count);
      if (summary != null) {
        throw summary;
      }
    }
  }

  /** JUnit prepares an invocation after it has made the instance, which needs the loop already. */
  final class Run
      implements TestTemplateInvocationContext, TestInstancePreConstructCallback, TestWatcher {

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
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
      failed = true;
      if (failures != null && cause != null) {
        failures.add(seed, cause);
      }
    }
  }
}
