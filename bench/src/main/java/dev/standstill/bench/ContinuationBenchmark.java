package dev.standstill.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What virtual threads are made of, without a scheduler: two continuations that are resumed in turn
 * and yield at once. No switch can take less. Method handles, because {@code jdk.internal.vm} is
 * not exported at compile time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContinuationBenchmark {

  private static final MethodHandle NEW;
  private static final MethodHandle RUN;
  private static final MethodHandle YIELD;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      Object bench =
          lookup
              .findConstructor(scope, MethodType.methodType(void.class, String.class))
              .invoke("bench");
      NEW =
          lookup
              .findConstructor(
                  continuation, MethodType.methodType(void.class, scope, Runnable.class))
              .bindTo(bench)
              .asType(MethodType.methodType(Object.class, Runnable.class));
      RUN =
          lookup
              .findVirtual(continuation, "run", MethodType.methodType(void.class))
              .asType(MethodType.methodType(void.class, Object.class));
      YIELD =
          lookup
              .findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
              .bindTo(bench);
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Object first;
  private Object second;

  /** JMH makes it. */
  public ContinuationBenchmark() {}

  @Setup
  public void open() throws Throwable {
    first = (Object) NEW.invokeExact((Runnable) ContinuationBenchmark::yieldForEver);
    second = (Object) NEW.invokeExact((Runnable) ContinuationBenchmark::yieldForEver);
  }

  private static void yieldForEver() {
    try {
      while ((boolean) YIELD.invokeExact()) {
        // Resumed by run().
      }
    } catch (Throwable e) {
      throw new IllegalStateException("A continuation cannot yield", e);
    }
    throw new IllegalStateException("A continuation is pinned");
  }

  @Benchmark
  @OperationsPerInvocation(2)
  public void resume() throws Throwable {
    RUN.invokeExact(first);
    RUN.invokeExact(second);
  }
}
