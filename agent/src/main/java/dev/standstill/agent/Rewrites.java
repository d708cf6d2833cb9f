package dev.standstill.agent;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.standstill.agent.MethodRewrite.AtEntry;
import dev.standstill.agent.MethodRewrite.AtInstruction;
import dev.standstill.agent.MethodRewrite.Edit;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table of methods of the JDK that are rewritten, read from JDK 25.0.3. Each row says why; a
 * row that finds nothing to rewrite is reported, never skipped in silence.
 */
final class Rewrites {

  private static final ClassDesc EXECUTOR = ClassDesc.of("java.util.concurrent.Executor");
  private static final ClassDesc SCHEDULED = ClassDesc.of("java.util.concurrent.ScheduledFuture");
  private static final ClassDesc VIRTUAL_THREAD = ClassDesc.of("java.lang.VirtualThread");

  private static final String FUTURE = "java/util/concurrent/CompletableFuture";
  private static final String RETURNS_FUTURE = ")Ljava/util/concurrent/CompletableFuture;";
  private static final String RETURNS_EXECUTOR = ")Ljava/util/concurrent/Executor;";
  private static final String POLL = "poll(IJLjava/util/function/BooleanSupplier;)V";

  private static final String ASYNC = "asynchronous stages without an executor run on the loop";
  private static final String DELAY = "timeouts and delays pass in the time of the loop";
  private static final String OUTSIDE = "the loop knows that a task waits for something outside";
  private static final String PINNED = "a pinned task that parks does not stop the loop's carrier";
  private static final String EXIT = "exit ends the run of a loop and not the JVM";

  /*
   * The thread that unblocks virtual threads clears onWaitingList first and sets blockPermit then; in
   * between, nothing shows that the thread is about to go on. With the permit set first, a blocked
   * thread to which a monitor is being handed has one of the two at every moment. A permit that comes
   * early does no harm: HotSpot tries to enter the monitor again whenever such a thread is resumed.
   */
  private static final String HAND_OVER = "a monitor on its way to a task is seen at every moment";

  static final List<MethodRewrite> TABLE =
      List.of(
          row(FUTURE, "supplyAsync(Ljava/util/function/Supplier;" + RETURNS_FUTURE, pool(), ASYNC),
          row(FUTURE, "runAsync(Ljava/lang/Runnable;" + RETURNS_FUTURE, pool(), ASYNC),
          row(FUTURE, "defaultExecutor(" + RETURNS_EXECUTOR, pool(), ASYNC),
          row(
              FUTURE,
              "delayedExecutor(JLjava/util/concurrent/TimeUnit;" + RETURNS_EXECUTOR,
              pool(),
              ASYNC),
          row(FUTURE, "arrangeTimeout(JL" + FUTURE + "$Timeout;)V", delayedTask(), DELAY),
          row(FUTURE + "$DelayedExecutor", "execute(Ljava/lang/Runnable;)V", delayedTask(), DELAY),
          row("sun/nio/ch/Poller", POLL, park("park"), OUTSIDE),
          row("sun/nio/ch/Poller", POLL, park("parkNanos", CD_long), OUTSIDE),
          row("java/lang/VirtualThread", "parkOnCarrierThread(ZJ)V", pinnedPark(), PINNED),
          row("java/lang/VirtualThread", "compareAndSetOnWaitingList(ZZ)Z", permit(), HAND_OVER),
          row("java/lang/Runtime", "exit(I)V", unlessTaken(), EXIT),
          row("java/lang/Runtime", "halt(I)V", unlessTaken(), EXIT));

  private static final Set<String> TYPES =
      TABLE.stream().map(MethodRewrite::type).collect(Collectors.toUnmodifiableSet());

  private Rewrites() {}

  /** Returns the internal names of the classes in the table. */
  static Set<String> types() {
    return TYPES;
  }

  /**
   * Makes the changes that the table has for one class.
   *
   * @param type the internal name of the class
   * @param missing is told of each row that found nothing to rewrite
   * @return the new class file
   * @throws IllegalArgumentException if the class file is not understood
   */
  static byte[] apply(String type, byte[] original, Consumer<MethodRewrite> missing) {
    List<MethodRewrite> rows = TABLE.stream().filter(row -> row.type().equals(type)).toList();
    Set<MethodRewrite> open = new LinkedHashSet<>(rows);
    ClassFile classFile = ClassFile.of(JdkClasses.hierarchy());
    ClassModel model = classFile.parse(original);
    byte[] rewritten =
        classFile.transformClass(
            model, (builder, element) -> rewrite(model, element, rows, open, builder));
    open.forEach(missing);
    return rewritten;
  }

  private static void rewrite(
      ClassModel owner,
      ClassElement element,
      List<MethodRewrite> rows,
      Set<MethodRewrite> open,
      ClassBuilder builder) {
    if (element instanceof MethodModel method) {
      rows.stream()
          .filter(row -> row.fits(owner, method))
          .map(row -> row.transform(() -> open.remove(row)))
          .reduce(CodeTransform::andThen)
          .map(MethodTransform::transformingCode)
          .ifPresentOrElse(
              transform -> builder.transformMethod(method, transform), () -> builder.with(method));
    } else {
      builder.with(element);
    }
  }

  private static MethodRewrite row(String type, String method, Edit edit, String why) {
    return new MethodRewrite(type, method, edit, why);
  }

  /** Asks for the executor to use after each read of the default pool. */
  private static Edit pool() {
    return new AtInstruction(
        "read of the field ASYNC_POOL",
        element ->
            element instanceof FieldInstruction field
                && field.opcode() == Opcode.GETSTATIC
                && field.name().equalsString("ASYNC_POOL"),
        (code, read) -> {
          code.with(read);
          hook(code, "asyncExecutor", EXECUTOR, EXECUTOR);
        });
  }

  /** Offers the task to the loop; hands it to the pool, which lies below it, if it is not taken. */
  private static Edit delayedTask() {
    return new AtInstruction(
        "call of ForkJoinPool.scheduleDelayedTask",
        element -> isCall(element, "java/util/concurrent/ForkJoinPool", "scheduleDelayedTask"),
        (code, call) -> {
          hook(code.dup(), "scheduleDelayed", CD_boolean, SCHEDULED);
          code.ifThenElse(taken -> taken.swap().pop(), refused -> refused.with(call));
        });
  }

  private static Edit park(String method, ClassDesc... arguments) {
    return new AtInstruction(
        "call of LockSupport." + method,
        element -> isCall(element, "java/util/concurrent/locks/LockSupport", method),
        (code, _) -> hook(code, "parkOutside", CD_void, arguments));
  }

  private static Edit pinnedPark() {
    return new AtEntry(
        "",
        code -> {
          code.iload(code.parameterSlot(0)).lload(code.parameterSlot(1));
          hook(code, "parkPinned", CD_boolean, CD_boolean, CD_long);
          code.ifThen(CodeBuilder::return_);
        });
  }

  private static Edit permit() {
    return new AtEntry(
        "blockPermit",
        code ->
            code.iload(code.parameterSlot(1))
                .ifThen(
                    Opcode.IFEQ,
                    leaving ->
                        leaving
                            .getstatic(HookClass.DESC, "active", CD_boolean)
                            .ifThen(controlled ->
                                controlled
                                    .aload(controlled.receiverSlot())
                                    .iconst_1()
                                    .putfield(VIRTUAL_THREAD, "blockPermit", CD_boolean))));
  }

  private static Edit unlessTaken() {
    return new AtEntry(
        "",
        code -> {
          hook(code.iload(code.parameterSlot(0)), "exit", CD_boolean, CD_int);
          code.ifThen(CodeBuilder::return_);
        });
  }

  private static void hook(
      CodeBuilder code, String method, ClassDesc result, ClassDesc... arguments) {
    code.invokestatic(HookClass.DESC, method, MethodTypeDesc.of(result, arguments));
  }

  private static boolean isCall(Object element, String owner, String method) {
    return element instanceof InvokeInstruction call
        && call.owner().name().equalsString(owner)
        && call.name().equalsString(method);
  }
}
