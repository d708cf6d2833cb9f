package dev.standstill;

import dev.standstill.core.ClosedWithoutJoin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that begin and end together: none of them outlives the block that opened the group.
 *
 * <pre>{@code
 * try (var group = TaskGroup.open()) {
 *   Task<User> user = group.spawn("user", () -> findUser(id));
 *   Task<Cart> cart = group.spawn("cart", () -> findCart(id));
 *   group.join();
 *   return new Page(user.resultNow(), cart.resultNow());
 * }
 * }</pre>
 *
 * <p>The task that opens a group owns it: only the owner calls {@link #join} and {@link #close}.
 * The owner and the tasks of the group may {@link #spawn}; any thread may {@link #cancel}. Groups
 * nest.
 *
 * <p>The first failure cancels the other tasks and is thrown by {@link #join}; what others threw is
 * attached to it as suppressed, but for the interruptions that the cancelling caused. An owner that
 * waits for something else inside the block is interrupted by it, and then {@link #close} tells of
 * it. If the owner is interrupted while it joins, all tasks are cancelled.
 *
 * <p>Cancelling one task is the end of that task, and no failure of the group. What a cancelled
 * task throws in its clean-up is kept: it is attached to the failure of the group or, if there is
 * none, thrown by {@link #close}.
 *
 * <p>Tasks that have ended are let go, so a group may start any number of them, as a server does
 * for each connection.
 *
 * <p>What the tasks did happens-before {@link #join} and {@link #close} return or throw.
 *
 * <p>The shape is that of Trio's nursery and of {@code StructuredTaskScope}, which is a preview API
 * in JDK 25.
 */
public final class TaskGroup implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread owner = Thread.currentThread();
  private final GroupTasks members;

  // Set by the owner; read by tasks of the same loop, which never run at the same time.
  private boolean joined;
  private boolean closed;

  /**
   * @param failFast whether the failure of one task cancels the others
   */
  private TaskGroup(boolean failFast) {
    members = new GroupTasks(CurrentLoop.requireTask("A TaskGroup"), failFast, PATIENCE);
  }

  /**
   * Opens a group on the loop of the calling task.
   *
   * @return a new group, owned by the caller
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static TaskGroup open() {
    return new TaskGroup(true);
  }

  /**
   * Starts a task of the group.
   *
   * @param name the name of the task and of its thread
   * @param body what to run
   * @param <V> what it computes
   * @return the task's handle
   * @throws IllegalStateException if the group is closed
   * @throws RejectedExecutionException if the loop is closed, or full
   */
  public <V extends @Nullable Object> Task<V> spawn(String name, Callable<V> body) {
    Objects.requireNonNull(body, "body");
    if (closed) {
      throw new IllegalStateException(
          "Task \"%s\" cannot be started: its group, opened by \"%s\", is closed."
              .formatted(name, owner.getName()));
    }
    return members.start(name, body);
  }

  /**
   * Starts a task of the group that computes nothing.
   *
   * @param name the name of the task and of its thread
   * @param body what to run
   * @return the task's handle, whose result is null
   * @throws IllegalStateException if the group is closed
   * @throws RejectedExecutionException if the loop is closed, or full
   */
  public Task<@Nullable Void> spawn(String name, ThrowingRunnable body) {
    return spawn(
        name,
        () -> {
          body.run();
          return null;
        });
  }

  /**
   * Waits until all tasks of the group have ended, also those that they start meanwhile.
   *
   * @throws Exception what the first task that failed threw
   * @throws InterruptedException if the owner is interrupted; all tasks have been cancelled and
   *     have ended then. If one had failed before, that is thrown instead, and the owner's
   *     interrupt status is set
   * @throws IllegalStateException if the caller is not the owner
   */
  public void join() throws Exception {
    refuseOthers("join()");
    joins();
    try {
      members.awaitDone();
    } catch (InterruptedException e) {
      members.cancel();
      members.awaitEnd();
      if (members.failure() == null) {
        throw e;
      }
      Thread.currentThread().interrupt(); // both have to be told
    }
    members.awaitEnd();
    throwFailure();
  }

  /** Cancels (interrupts) all tasks of the group, and those that are started in it from now on. */
  public void cancel() {
    members.cancel();
  }

  /**
   * Closes the group: cancels the tasks that are left and waits until they have ended. Interrupts
   * of the owner are kept for later.
   *
   * @throws IllegalStateException if the caller is not the owner, or if tasks were started and not
   *     joined; if a block ends with an exception, this is suppressed
   */
  @Override
  public void close() {
    refuseOthers("close()");
    if (closed) {
      return;
    }
    members.ownerJoins();
    members.cancel();
    members.awaitEnd();
    closed = true;
    List<Throwable> failedCleanUps = members.takeFailedCleanUps();
    if (!joined && members.count() > 0) {
      throw closedWithoutJoin(failedCleanUps);
    }
    if (!failedCleanUps.isEmpty()) {
      throw with(
          failedCleanUps,
          new IllegalStateException(
              "Tasks of the group opened by \"%s\" failed while they cleaned up after they had been cancelled."
                  .formatted(owner.getName()),
              failedCleanUps.getFirst()));
    }
  }

  private IllegalStateException closedWithoutJoin(List<Throwable> failedCleanUps) {
    Throwable failure = members.failure();
    String why =
        failure == null
            ? "was closed without join(): its %d tasks were cancelled.".formatted(members.count())
            : "was closed without join() after one of its tasks had failed: %s".formatted(failure);
    return with(
        failedCleanUps,
        new ClosedWithoutJoin(
            "The group opened by \"%s\" %s".formatted(owner.getName(), why), failure));
  }

  private static IllegalStateException with(
      List<Throwable> suppressed, IllegalStateException thrown) {
    suppressed.stream().filter(one -> one != thrown.getCause()).forEach(thrown::addSuppressed);
    return thrown;
  }

  /**
   * Runs bodies at the same time, and waits for all.
   *
   * @param bodies what to run
   * @param <V> what they compute
   * @return the results, in the order of the bodies
   * @throws Exception what the first body that failed threw; the others have been cancelled and
   *     have ended then
   * @throws IllegalStateException if the caller is no task of a loop
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads the array
  public static <V extends @Nullable Object> List<V> gather(Callable<? extends V>... bodies)
      throws Exception {
    return gather(List.of(bodies));
  }

  /**
   * Like {@link #gather(Callable[])}.
   *
   * @param bodies what to run
   * @param <V> what they compute
   * @return the results, in the order of the bodies
   * @throws Exception what the first body that failed threw; the others have been cancelled and
   *     have ended then
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static <V extends @Nullable Object> List<V> gather(
      Collection<? extends Callable<? extends V>> bodies) throws Exception {
    try (var group = new TaskGroup(true)) {
      List<Task<? extends V>> tasks = group.spawnAll(bodies);
      group.join();
      List<V> results = new ArrayList<>(tasks.size());
      for (Task<? extends V> task : tasks) {
        results.add(task.resultNow());
      }
      return results;
    }
  }

  /**
   * Runs bodies at the same time, and waits for all, failed or not.
   *
   * @param bodies what to run
   * @param <V> what they compute
   * @return the tasks, all done, in the order of the bodies
   * @throws InterruptedException if the caller is interrupted; all bodies have been cancelled and
   *     have ended then
   * @throws IllegalStateException if the caller is no task of a loop
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads the array
  public static <V extends @Nullable Object> List<Task<? extends V>> settle(
      Callable<? extends V>... bodies) throws InterruptedException {
    try (var group = new TaskGroup(false)) {
      List<Task<? extends V>> tasks = group.spawnAll(List.of(bodies));
      group.joins();
      group.members.awaitDone();
      return tasks;
    }
  }

  /**
   * Runs bodies at the same time and takes the first that ends, with a result or a failure; the
   * others are cancelled, and waited for.
   *
   * @param bodies what to run, at least one
   * @param <V> what they compute
   * @return the result of the first body that ended
   * @throws Exception what that body threw
   * @throws InterruptedException if the caller is interrupted first; all bodies have been cancelled
   *     and have ended then
   * @throws IllegalArgumentException if there are no bodies
   * @throws IllegalStateException if the caller is no task of a loop
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads the array
  public static <V extends @Nullable Object> V race(Callable<? extends V>... bodies)
      throws Exception {
    if (bodies.length == 0) {
      throw new IllegalArgumentException("A race needs at least one body.");
    }
    var first = new CompletableFuture<V>();
    return TaskGroup.<V>first(List.of(bodies), body -> complete(first, body), first);
  }

  /**
   * Runs bodies at the same time and takes the first result, whatever fails before; the others are
   * cancelled then, and waited for. What they throw is ignored.
   *
   * <pre>{@code
   * Quote quote = TaskGroup.firstSuccessful(() -> ask(near), () -> ask(far));
   * }</pre>
   *
   * <p>As JavaScript's {@code Promise.any}, and {@code ExecutorService.invokeAny}.
   *
   * @param bodies what to run, at least one
   * @param <V> what they compute
   * @return the result of the first body that returned one
   * @throws Exception if all bodies failed: what the first that did threw, with what the others
   *     threw as suppressed
   * @throws InterruptedException if the caller is interrupted first; all bodies have been cancelled
   *     and have ended then
   * @throws IllegalArgumentException if there are no bodies
   * @throws IllegalStateException if the caller is no task of a loop
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // List.of only reads the array
  public static <V extends @Nullable Object> V firstSuccessful(Callable<? extends V>... bodies)
      throws Exception {
    if (bodies.length == 0) {
      throw new IllegalArgumentException(
          "firstSuccessful() needs at least one body: of none there is no result.");
    }
    var first = new FirstSuccess<V>(bodies.length);
    return TaskGroup.<V>first(List.of(bodies), first::run, first.future());
  }

  /** Has all bodies run in tasks of their own until {@code first} is done. */
  private static <V extends @Nullable Object> V first(
      List<Callable<? extends V>> bodies,
      Consumer<Callable<? extends V>> runner,
      CompletableFuture<V> first)
      throws Exception {
    try (var group = new TaskGroup(false)) {
      group.joins();
      for (Callable<? extends V> body : bodies) {
        group.spawn(group.nextName(), () -> runner.accept(body));
      }
      return first.get();
    } catch (ExecutionException e) {
      throw asException(e.getCause());
    }
  }

  private static <V extends @Nullable Object> void complete(
      CompletableFuture<V> future, Callable<? extends V> body) {
    try {
      future.complete(body.call());
    } catch (Throwable e) {
      future.completeExceptionally(e);
    }
  }

  /**
   * Runs {@code body} to its end, whatever interrupts the caller meanwhile; the interrupt is kept
   * for later.
   *
   * @param body what to run, in a task of its own
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws Exception what {@code body} threw
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static <V extends @Nullable Object> V shield(Callable<V> body) throws Exception {
    try (var group = new TaskGroup(true)) {
      Task<V> task = group.spawn("shield", body);
      group.joins();
      group.members.awaitEnd();
      group.throwFailure();
      return task.resultNow();
    }
  }

  private <V extends @Nullable Object> List<Task<? extends V>> spawnAll(
      Collection<? extends Callable<? extends V>> bodies) {
    List<Task<? extends V>> tasks = new ArrayList<>(bodies.size());
    for (Callable<? extends V> body : bodies) {
      tasks.add(spawn(nextName(), body));
    }
    return tasks;
  }

  private String nextName() {
    return owner.getName() + "-" + (members.count() + 1);
  }

  private void joins() {
    joined = true;
    members.ownerJoins();
  }

  private void refuseOthers(String method) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "%s was called by \"%s\": only \"%s\", which opened the group, may."
              .formatted(method, Thread.currentThread().getName(), owner.getName()));
    }
  }

  private void throwFailure() throws Exception {
    Throwable thrown = members.failure();
    if (thrown != null) {
      throw asException(thrown);
    }
  }

  /** Returns what is an exception, throws what is an error. */
  private static Exception asException(@Nullable Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case Exception exception -> exception;
      case null, default -> new ExecutionException(thrown);
    };
  }
}
