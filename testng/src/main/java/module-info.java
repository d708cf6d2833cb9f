/** TestNG tests that run on loops which stand still. */
module dev.standstill.testng {
  requires transitive dev.standstill.test;
  requires transitive org.testng;
  requires static transitive org.jspecify;

  exports dev.standstill.testng;

  provides org.testng.ITestNGListener with
      dev.standstill.testng.LoopListener;
}
