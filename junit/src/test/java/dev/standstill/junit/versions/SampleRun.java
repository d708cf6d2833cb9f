package dev.standstill.junit.versions;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a class with the JUnit of the class path, and prints what came of each. */
final class SampleRun {

  private SampleRun() {}

  static void main(String[] args) throws Exception {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Class.forName(args[0])))
            .build();
    TestExecutionListener printing =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getThrowable().isPresent()) {
              System.out.println(
                  test.getDisplayName()
                      + ": "
                      + result
                          .getThrowable()
                          .map(failure -> failure.toString().lines().findFirst().orElse(""))
                          .orElse("passes"));
            }
          }
        };
    LauncherFactory.create().execute(request, printing);
  }
}
