package dev.standstill.agent;

import java.util.List;

/**
 * The rows about platform threads that tasks of a loop start, read from JDK 25.0.3.
 *
 * <p>{@code Thread.currentThread()} is an intrinsic and HotSpot's monitors rely on it, so inside
 * {@code java.base} it stays the virtual thread that backs the platform thread; programs get the
 * platform thread by the table {@link CurrentThread}. What a platform thread can be asked or told
 * is answered by its virtual thread, and that is all in {@code java.lang.Thread}: virtual threads
 * override these methods.
 */
final class ThreadRewrites {

  private static final String THREAD = "java/lang/Thread";
  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";

  private static final Edit START =
      new Edit.OfferReceiver(THREAD, "start0", Hook.ofThreads("start"), "(Ljava/lang/Thread;)Z");

  private static final String RUNS_ON_LOOP =
      "a platform thread that a task starts runs on the task's loop";
  private static final String ANSWERS_AS_RUN =
      "a platform thread that runs on a loop answers as what it is";

  static final List<MethodRewrite> TABLE =
      List.of(
          new MethodRewrite(THREAD, "start", "()V", START, RUNS_ON_LOOP),
          new MethodRewrite(
              THREAD, "start", "(Ljdk/internal/vm/ThreadContainer;)V", START, RUNS_ON_LOOP),
          new MethodRewrite(
              THREAD,
              "<init>",
              "(Ljava/lang/ThreadGroup;Ljava/lang/String;ILjava/lang/Runnable;J)V",
              new Edit.ReplaceCall(
                  THREAD, "currentThread", Hook.ofThreads("parent"), "()Ljava/lang/Thread;"),
              "a platform thread inherits from the one that makes it"),
          new MethodRewrite(
              THREAD,
              "join",
              "(J)V",
              new Edit.ReturnIfTaken(Hook.ofThreads("join")),
              "who joins a platform thread on a loop parks there, in no monitor"),
          answer("interrupt", "()V", "interrupt"),
          answer("isInterrupted", "()Z", "isInterrupted"),
          answer("alive", "()Z", "isAlive"),
          answer("threadState", "()Ljava/lang/Thread$State;", "state"),
          answer("asyncGetStackTrace", "()[Ljava/lang/StackTraceElement;", "stackTrace"),
          tell("setName", "(Ljava/lang/String;)V"),
          tell("setContextClassLoader", "(Ljava/lang/ClassLoader;)V"),
          new MethodRewrite(
              LOCK_SUPPORT,
              "unpark",
              "(Ljava/lang/Thread;)V",
              new Edit.FilterArgument(Hook.ofThreads("backing")),
              "a platform thread that parks on a loop can be unparked"),
          new MethodRewrite(
              LOCK_SUPPORT,
              "getBlocker",
              "(Ljava/lang/Thread;)Ljava/lang/Object;",
              new Edit.FilterArgument(Hook.ofThreads("backing")),
              ANSWERS_AS_RUN));

  private ThreadRewrites() {}

  private static MethodRewrite answer(String method, String descriptor, String hook) {
    Edit edit = new Edit.AnswerFirst(Hook.ofThreads(hook));
    return new MethodRewrite(THREAD, method, descriptor, edit, ANSWERS_AS_RUN);
  }

  private static MethodRewrite tell(String method, String descriptor) {
    Edit edit = new Edit.Tell(Hook.ofThreads(method));
    return new MethodRewrite(THREAD, method, descriptor, edit, ANSWERS_AS_RUN);
  }
}
