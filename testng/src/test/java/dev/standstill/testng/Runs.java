package dev.standstill.testng;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testng.IConfigurationListener;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;
import org.testng.xml.XmlClass;
import org.testng.xml.XmlSuite;
import org.testng.xml.XmlTest;

/** Runs example classes with TestNG itself. */
final class Runs implements ITestListener, IConfigurationListener {

  private final List<ITestResult> results = Collections.synchronizedList(new ArrayList<>());
  private final XmlSuite suite = new XmlSuite();

  private Runs(Map<String, String> parameters, Class<?>... testClasses) {
    suite.setParameters(parameters);
    XmlTest test = new XmlTest(suite);
    test.setClasses(Stream.of(testClasses).map(XmlClass::new).toList());
  }

  static Runs of(Class<?>... testClasses) {
    return with(Map.of(), testClasses);
  }

  static Runs with(Map<String, String> parameters, Class<?>... testClasses) {
    Runs runs = new Runs(parameters, testClasses);
    runs.run();
    return runs;
  }

  static Runs inParallel(int threads, Class<?>... testClasses) {
    Runs runs = new Runs(Map.of(), testClasses);
    runs.suite.setParallel(XmlSuite.ParallelMode.METHODS);
    runs.suite.setThreadCount(threads);
    runs.run();
    return runs;
  }

  private void run() {
    TestNG testNG = new TestNG(false);
    testNG.setXmlSuites(List.of(suite));
    testNG.addListener(this);
    testNG.setVerbose(0);
    testNG.run();
  }

  @Override
  public void onTestSuccess(ITestResult result) {
    results.add(result);
  }

  @Override
  public void onTestFailure(ITestResult result) {
    results.add(result);
  }

  @Override
  public void onTestSkipped(ITestResult result) {
    results.add(result);
  }

  @Override
  public void onConfigurationFailure(ITestResult result) {
    results.add(result);
  }

  /** Each test and failed configuration method, and how it ended: passed, failed or skipped. */
  List<String> outcomes() {
    return results.stream()
        .map(result -> result.getMethod().getMethodName() + " " + outcome(result))
        .toList();
  }

  private static String outcome(ITestResult result) {
    return switch (result.getStatus()) {
      case ITestResult.SUCCESS -> "passed";
      case ITestResult.SKIP -> "skipped";
      default -> "failed";
    };
  }

  /** What failed. */
  List<Throwable> failures() {
    return results.stream()
        .filter(result -> result.getStatus() == ITestResult.FAILURE)
        .map(ITestResult::getThrowable)
        .toList();
  }
}
