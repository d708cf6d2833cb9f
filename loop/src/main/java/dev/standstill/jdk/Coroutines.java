package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The coroutines of Kotlin that tasks of a loop have begun and that have not ended: nothing in the
 * JVM shows one that is suspended. Loop-confined.
 *
 * <p>Read from the standard library of Kotlin 2.4 and kotlinx.coroutines 1.11.0. A coroutine is
 * known by what it is completed by, which is its job. What is suspended is a chain of frames that
 * ends in that; a scope such as that of {@code withContext} is a frame like others.
 */
public final class Coroutines {

  private static final String JOB = "kotlinx.coroutines.Job";
  private static final String CONTINUATION = "kotlin.coroutines.Continuation";
  private static final String BASE = "kotlin.coroutines.jvm.internal.BaseContinuationImpl";
  private static final String FRAME = "kotlin.coroutines.jvm.internal.CoroutineStackFrame";

  /** So many may be known before those are forgotten that have ended. */
  private static final int FEW = 64;

  /** Deeper chains are cut off. */
  private static final int DEPTH = 1_000;

  /** How the builders of kotlinx.coroutines call the classes of what they return. */
  private static final Map<String, String> BUILDERS =
      Map.of(
          "StandaloneCoroutine", "launch",
          "LazyStandaloneCoroutine", "launch",
          "DeferredCoroutine", "async",
          "LazyDeferredCoroutine", "async",
          "BlockingCoroutine", "runBlocking",
          "ProducerCoroutine", "produce",
          "TestScopeImpl", "runTest");

  /** The methods of an interface, as a class has them that implements it; any may be missing. */
  private static final ClassValue<Parts> PARTS =
      new ClassValue<>() {
        @Override
        protected Parts computeValue(Class<?> type) {
          return Parts.of(type);
        }
      };

  /** Each {@code (Object) -> Object}. */
  private record Parts(
      @Nullable MethodHandle isCompleted,
      @Nullable MethodHandle context,
      @Nullable MethodHandle caller,
      @Nullable MethodHandle element,
      @Nullable MethodHandle completion) {

    static Parts of(Class<?> type) {
      return new Parts(
          method(type, JOB, "isCompleted"),
          method(type, CONTINUATION, "getContext"),
          method(type, FRAME, "getCallerFrame"),
          method(type, FRAME, "getStackTraceElement"),
          method(type, BASE, "getCompletion"));
    }

    private static @Nullable MethodHandle method(Class<?> type, String owner, String name) {
      return supertypes(type)
          .filter(candidate -> candidate.getName().equals(owner))
          .findFirst()
          .map(found -> handle(found, name))
          .orElse(null);
    }

    private static @Nullable MethodHandle handle(Class<?> owner, String name) {
      try {
        return MethodHandles.publicLookup()
            .unreflect(owner.getMethod(name))
            .asType(MethodType.genericMethodType(1));
      } catch (ReflectiveOperationException e) {
        return null; // a report says less then
      }
    }

    private static Stream<Class<?>> supertypes(@Nullable Class<?> type) {
      return type == null
          ? Stream.empty()
          : Stream.of(
                  Stream.of(type),
                  supertypes(type.getSuperclass()),
                  Stream.of(type.getInterfaces()).flatMap(Parts::supertypes))
              .flatMap(all -> all);
    }
  }

  private static final class Known {
    final int number;
    final Object job;
    final Throwable begun = new Throwable();
    @Nullable Object frame;
    boolean hasRun;
    long since;

    Known(int number, Object job) {
      this.number = number;
      this.job = job;
    }
  }

  /**
   * A coroutine that is suspended. Immutable.
   *
   * @param name the name that its context gives it, else empty
   * @param builder what has begun it, such as {@code launch}
   * @param since when it was suspended, in milliseconds of the loop's date; null if it has not run
   * @param stack where, innermost frame first
   * @param begunAt the stack of the task that has begun it
   */
  public record Suspended(
      String name,
      String builder,
      @Nullable Long since,
      List<StackTraceElement> stack,
      List<StackTraceElement> begunAt) {}

  private @Nullable Map<Object, Known> known;
  private int begun;
  private int forgetAt = FEW;

  Coroutines() {}

  /** The calling task is about to start a coroutine. */
  void begins(Object completion) {
    Parts parts = PARTS.get(completion.getClass());
    if (parts.isCompleted == null || parts.caller != null) {
      return; // none of kotlinx.coroutines, or a part of another one
    }
    Map<Object, Known> all = known;
    if (all == null) {
      all = new IdentityHashMap<>();
      known = all;
    }
    if (all.size() >= forgetAt) {
      all.keySet().removeIf(Coroutines::isCompleted);
      forgetAt = 2 * all.size() + FEW;
    }
    all.put(completion, new Known(begun++, completion));
  }

  /** The calling task is about to suspend the coroutine of {@code frame}, its innermost. */
  void suspends(Object frame) {
    Known coroutine = find(frame);
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    if (coroutine != null && loop != null) {
      coroutine.frame = frame;
      coroutine.hasRun = true;
      coroutine.since = loop.currentTimeMillis();
    }
  }

  /** The calling task goes on with {@code frame} of a coroutine. */
  void resumes(Object frame) {
    Known coroutine = find(frame);
    if (coroutine != null) {
      coroutine.frame = null;
      coroutine.hasRun = true;
    }
  }

  private @Nullable Known find(Object frame) {
    Map<Object, Known> all = known;
    Object next = all == null ? null : frame;
    for (int depth = 0; next != null && depth < DEPTH; depth++) {
      Parts parts = PARTS.get(next.getClass());
      Object caller = ask(parts.caller, next);
      if (caller == null) {
        Object completion = ask(parts.completion, next);
        return completion == null || all == null ? null : all.get(completion);
      }
      next = caller;
    }
    return null;
  }

  /** Those that are suspended or have not run yet, in the order in which they were begun. */
  public List<Suspended> suspended() {
    return known == null
        ? List.of()
        : known.values().stream()
            .filter(coroutine -> coroutine.frame != null || !coroutine.hasRun)
            .filter(coroutine -> !isCompleted(coroutine.job))
            .sorted(Comparator.comparingInt(coroutine -> coroutine.number))
            .map(Coroutines::describe)
            .toList();
  }

  private static Suspended describe(Known coroutine) {
    String type = coroutine.job.getClass().getSimpleName();
    return new Suspended(
        nameOf(coroutine.job),
        BUILDERS.getOrDefault(type, type),
        coroutine.frame == null ? null : coroutine.since,
        stackOf(coroutine.frame),
        List.of(coroutine.begun.getStackTrace()));
  }

  private static boolean isCompleted(Object job) {
    return Boolean.TRUE.equals(ask(PARTS.get(job.getClass()).isCompleted, job));
  }

  private static List<StackTraceElement> stackOf(@Nullable Object innermost) {
    List<StackTraceElement> stack = new ArrayList<>();
    Object frame = innermost;
    while (frame != null && stack.size() < DEPTH) {
      Parts parts = PARTS.get(frame.getClass());
      if (ask(parts.element, frame) instanceof StackTraceElement element) {
        stack.add(InlinedLines.seen(element, frame.getClass().getClassLoader()));
      }
      frame = ask(parts.caller, frame);
    }
    return stack;
  }

  /** What the element {@code CoroutineName} of the context of a coroutine says, else nothing. */
  private static String nameOf(Object job) {
    try {
      Class<?> type =
          Class.forName("kotlinx.coroutines.CoroutineName", true, job.getClass().getClassLoader());
      Object key = type.getField("Key").get(null);
      Object context = ask(PARTS.get(job.getClass()).context, job);
      Method get =
          Class.forName("kotlin.coroutines.CoroutineContext", true, type.getClassLoader())
              .getMethod("get", key.getClass().getInterfaces()[0]);
      Object name = context == null ? null : get.invoke(context, key);
      return name == null ? "" : String.valueOf(type.getMethod("getName").invoke(name));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return ""; // a report says less then
    }
  }

  private static @Nullable Object ask(@Nullable MethodHandle method, Object object) {
    if (method == null) {
      return null;
    }
    try {
      return (Object) method.invokeExact(object);
    } catch (Throwable e) {
      return null; // a report says less then
    }
  }
}
