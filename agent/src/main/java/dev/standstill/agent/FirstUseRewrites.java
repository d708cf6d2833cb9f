package dev.standstill.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows about what happens only when something is used for the first time in a JVM, and about
 * what one JVM keeps for all runs; read from JDK 25.0.3.
 *
 * <p>The JVM calls up into Java code to load classes and to link call sites and method handles, and
 * the JDK makes accessors for reflection. All that draws identity hash codes, so it is put between
 * brackets. Initialisers of classes are by {@link ClassInitializers}.
 */
final class FirstUseRewrites {

  private static final String METHOD_HANDLE_NATIVES = "java/lang/invoke/MethodHandleNatives";
  private static final String LAMBDA_FORM = "java/lang/invoke/LambdaForm";
  private static final String REFLECTION = "jdk/internal/reflect/ReflectionFactory";
  private static final String INSTRUMENTATION = "sun/instrument/InstrumentationImpl";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String CLASS = "Ljava/lang/Class;";
  private static final String STRING = "Ljava/lang/String;";
  private static final String MEMBER = "Ljava/lang/invoke/MemberName;";
  private static final String ATOMIC_INTEGER = "java/util/concurrent/atomic/AtomicInteger";

  private static final Edit BRACKETS =
      new Edit.Around(Hook.ofFirstUse("begin"), Hook.ofFirstUse("end"));

  private static final String SAME_RUN =
      "a run that is the first to use something is like those after it";
  private static final String SAME_JVM = "a run is the same in each JVM";

  static final List<MethodRewrite> TABLE = table();

  private FirstUseRewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> rows = new ArrayList<>();
    addLoading(rows);
    addLinking(rows);
    addReflection(rows);
    addThreads(rows);
    addNumbers(rows);
    return List.copyOf(rows);
  }

  private static void addLoading(List<MethodRewrite> rows) {
    String classLoader = "java/lang/ClassLoader";
    rows.add(brackets(classLoader, "loadClass", "(" + STRING + ")" + CLASS));
    String transformation =
        "(Ljava/lang/Module;Ljava/lang/ClassLoader;"
            + STRING
            + CLASS
            + "Ljava/security/ProtectionDomain;[BZ)[B";
    rows.add(brackets(INSTRUMENTATION, "transform", transformation));
    rows.add(
        new MethodRewrite(
            INSTRUMENTATION,
            "transform",
            transformation,
            new Edit.TellArguments(Hook.ofFirstUse("loads")),
            SAME_RUN));
    rows.add(
        new MethodRewrite(
            INSTRUMENTATION,
            "transform",
            transformation,
            new Edit.TellResult(Hook.ofFirstUse("transformed"), "([B)V"),
            SAME_RUN));
    rows.add(
        new MethodRewrite(
            classLoader,
            "postDefineClass",
            "(" + CLASS + "Ljava/security/ProtectionDomain;)V",
            new Edit.Tell(Hook.ofFirstUse("defined")),
            SAME_JVM));
    rows.add(
        new MethodRewrite(
            "java/lang/Enum",
            "hashCode",
            "()I",
            new Edit.ReplaceCall(
                "java/lang/System",
                "identityHashCode",
                Hook.ofFirstUse("hashOf"),
                "(" + OBJECT + ")I"),
            SAME_JVM));
  }

  private static void addLinking(List<MethodRewrite> rows) {
    String fourObjects = OBJECT.repeat(4);
    String member = "(" + CLASS + "I" + CLASS + STRING + OBJECT;
    rows.add(
        brackets(
            METHOD_HANDLE_NATIVES,
            "linkCallSite",
            "(" + fourObjects + OBJECT + "[" + OBJECT + ")" + MEMBER));
    rows.add(
        brackets(
            METHOD_HANDLE_NATIVES,
            "linkDynamicConstant",
            "(" + fourObjects + OBJECT + ")" + OBJECT));
    rows.add(
        brackets(
            METHOD_HANDLE_NATIVES,
            "findMethodHandleType",
            "(" + CLASS + "[" + CLASS + ")Ljava/lang/invoke/MethodType;"));
    rows.add(brackets(METHOD_HANDLE_NATIVES, "linkMethod", member + "[" + OBJECT + ")" + MEMBER));
    rows.add(
        brackets(
            METHOD_HANDLE_NATIVES,
            "linkMethodHandleConstant",
            member + ")Ljava/lang/invoke/MethodHandle;"));
    rows.add(brackets(LAMBDA_FORM, "compileToBytecode", "()V"));
    rows.add(brackets("java/lang/invoke/MethodHandle", "customize", "()V"));
  }

  private static void addReflection(List<MethodRewrite> rows) {
    rows.add(
        brackets(
            "java/lang/reflect/Proxy",
            "getProxyConstructor",
            "(Ljava/lang/ClassLoader;[" + CLASS + ")Ljava/lang/reflect/Constructor;"));
    rows.add(
        brackets(
            "sun/reflect/annotation/AnnotationParser",
            "parseAnnotations",
            "([BLjdk/internal/reflect/ConstantPool;" + CLASS + ")Ljava/util/Map;"));
    rows.add(
        brackets(
            "java/io/ObjectStreamClass", "lookup", "(" + CLASS + "Z)Ljava/io/ObjectStreamClass;"));
    rows.add(
        brackets(
            REFLECTION,
            "newMethodAccessor",
            "(Ljava/lang/reflect/Method;Z)Ljdk/internal/reflect/MethodAccessor;"));
    rows.add(
        brackets(
            REFLECTION,
            "newConstructorAccessor",
            "(Ljava/lang/reflect/Constructor;)Ljdk/internal/reflect/ConstructorAccessor;"));
    rows.add(
        brackets(
            REFLECTION,
            "newFieldAccessor",
            "(Ljava/lang/reflect/Field;Z)Ljdk/internal/reflect/FieldAccessor;"));
  }

  /**
   * The JVM's set of all virtual threads keeps those of loops that were closed before they ended.
   * Threads of two loops have the same hash codes, and where there are many of one, the set orders
   * them by their identity hash codes.
   */
  private static void addThreads(List<MethodRewrite> rows) {
    rows.add(
        brackets(
            "jdk/internal/vm/ThreadContainers$RootContainer$TrackingRootContainer",
            "onStart",
            "(Ljava/lang/Thread;)V"));
  }

  private static void addNumbers(List<MethodRewrite> rows) {
    String thread = "java/lang/Thread";
    String ids = "java/lang/Thread$ThreadIdentifiers";
    Edit id = number(ids, "next", "threadId", "(J)J");
    rows.add(new MethodRewrite(thread, "<init>", "(Ljava/lang/String;IZ)V", id, SAME_JVM));
    rows.add(
        new MethodRewrite(
            thread,
            "<init>",
            "(Ljava/lang/ThreadGroup;Ljava/lang/String;ILjava/lang/Runnable;J)V",
            id,
            SAME_JVM));
    rows.add(
        new MethodRewrite(
            thread,
            "genThreadName",
            "()Ljava/lang/String;",
            number(thread + "$ThreadNumbering", "next", "thread", "(I)I"),
            SAME_JVM));
    rows.add(
        new MethodRewrite(
            "java/util/concurrent/Executors$DefaultThreadFactory",
            "<init>",
            "()V",
            number(ATOMIC_INTEGER, "getAndIncrement", "pool", "(I)I"),
            SAME_JVM));
    rows.add(
        new MethodRewrite(
            "java/util/concurrent/ForkJoinPool",
            "getAndAddPoolIds",
            "(I)I",
            number("jdk/internal/misc/Unsafe", "getAndAddInt", "forkJoinPool", "(I)I"),
            SAME_JVM));
    rows.add(
        new MethodRewrite(
            "java/util/Timer",
            "serialNumber",
            "()I",
            number(ATOMIC_INTEGER, "getAndIncrement", "timer", "(I)I"),
            SAME_JVM));
  }

  private static Edit number(String owner, String callee, String hook, String descriptor) {
    return new Edit.FilterResult(owner, callee, Hook.ofNumbers(hook), descriptor);
  }

  private static MethodRewrite brackets(String type, String method, String descriptor) {
    return new MethodRewrite(type, method, descriptor, BRACKETS, SAME_RUN);
  }
}
