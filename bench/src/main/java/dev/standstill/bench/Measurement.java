package dev.standstill.bench;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one number for one contestant in a JVM of its own. */
@FunctionalInterface
interface Measurement {

  double measure(Contestant contestant, Effort effort) throws Exception;

  /** A benchmark whose parameter is the contestant. */
  static Measurement of(Class<?> benchmark, String method) {
    return (contestant, effort) ->
        run(options(benchmark, method, contestant, effort).param("contestant", contestant.name()));
  }

  /** A benchmark of one contestant only. */
  static Measurement alone(Class<?> benchmark, String method) {
    return (contestant, effort) -> run(options(benchmark, method, contestant, effort));
  }

  private static ChainedOptionsBuilder options(
      Class<?> benchmark, String method, Contestant contestant, Effort effort) {
    return new OptionsBuilder()
        .include("^" + benchmark.getName() + "\\." + method + "$")
        .forks(1)
        .jvmArgs(contestant.jvmArguments().toArray(String[]::new))
        // Else each new region costs page faults, which are the operating system's work.
        .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch")
        .warmupIterations(1)
        .warmupTime(effort.warmUp())
        .measurementIterations(effort.iterations())
        .measurementTime(effort.iteration())
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static double run(ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    return results.iterator().next().getPrimaryResult().getScore();
  }
}
