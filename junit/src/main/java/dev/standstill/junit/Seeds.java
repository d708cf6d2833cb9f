package dev.standstill.junit;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** The runs of one method under the seeds 0, 1, 2 and so on, up to the first that fails. */
final class Seeds implements TestWatcher {

  private volatile boolean failed;

  Stream<TestTemplateInvocationContext> upTo(int count) {
    return LongStream.range(0, count).takeWhile(seed -> !failed).mapToObj(Run::new);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    failed = true;
  }

  /** JUnit prepares an invocation after it has made the instance, which needs the loop already. */
  final class Run implements TestTemplateInvocationContext, TestInstancePreConstructCallback {

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
      return List.of(this, Seeds.this);
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
  }
}
