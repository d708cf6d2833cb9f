package dev.standstill.junit.probe;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs a class as the runners of IDEs do: discovers its tests, then executes the plan. */
public final class LikeAnIde {

  private LikeAnIde() {}

  /** Runs the class named by the first argument. */
  public static void main(String[] arguments) {
    Launcher launcher = LauncherFactory.create();
    var results = new SummaryGeneratingListener();
    launcher.registerTestExecutionListeners(results);
    TestPlan plan =
        launcher.discover(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(arguments[0])).build());
    launcher.execute(LauncherExecutionRequestBuilder.request(plan).build());
    TestExecutionSummary summary = results.getSummary();
    System.out.printf(
        "%d passed, %d failed%n", summary.getTestsSucceededCount(), summary.getTestsFailedCount());
  }
}
