package dev.standstill.junit.launcher;

import dev.standstill.test.stage.UnknownParameters;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Has names of parameters that are mistyped told. JUnit calls it. */
final class Parameters implements TestExecutionListener {

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    UnknownParameters.warn(plan.getConfigurationParameters().keySet());
  }
}
