package dev.standstill.jdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * Lets a platform thread, or the virtual thread that it carries, throw an error wherever it is: for
 * a task that computes for ever, which nothing else ends. Confined to one thread at a time.
 *
 * <p>{@code Thread.stop} is gone, but the JVM can still do it: {@code StopThread} of its tool
 * interface, called through the foreign-function interface. The numbers are those of the tables in
 * the specifications of JNI and JVMTI, Java 25, which never change. HotSpot throws at the next
 * safepoint poll; code in native methods throws when it returns.
 *
 * <p>What native code calls in place of references is gone when the JVM runs any other native
 * method, so each is made global at once, by a method handle that is linked before.
 */
@SuppressWarnings("restricted") // NativeAccess has allowed it
public final class ThreadStop {

  private static final String HOOKS = "java/lang/StandstillHooks";
  private static final VarHandle TARGET =
      Hooks.field("java.lang.StandstillHooks", "stopped", Thread.class);
  private static final VarHandle ERROR =
      Hooks.field("java.lang.StandstillHooks", "stoppedWith", Throwable.class);

  private static final int VM_GET_ENV = 6;
  private static final int JNI_VERSION = 0x00150000;
  private static final int JVMTI_VERSION = 0x30150000;

  private static final int JNI_FIND_CLASS = 6;
  private static final int JNI_NEW_GLOBAL_REF = 21;
  private static final int JNI_DELETE_GLOBAL_REF = 22;
  private static final int JNI_GET_STATIC_FIELD_ID = 144;
  private static final int JNI_GET_STATIC_OBJECT_FIELD = 145;

  private static final int JVMTI_STOP_THREAD = 6;
  private static final int JVMTI_ADD_CAPABILITIES = 141;
  private static final int JVMTI_DISPOSE = 126;
  private static final long CAN_SIGNAL_THREAD = 1L << 10;
  private static final long CAPABILITIES_BYTES = 16;

  private static final Linker LINKER = Linker.nativeLinker();

  private final Arena arena;

  private ThreadStop(Arena arena) {
    this.arena = arena;
  }

  /**
   * Lets {@code thread} throw {@code error} as soon as it is in Java code.
   *
   * @return false if this JVM cannot do that
   */
  public static boolean request(Thread thread, Error error) {
    TARGET.setVolatile(thread);
    ERROR.setVolatile(error);
    try (Arena arena = Arena.ofConfined()) {
      NativeAccess.enable();
      return new ThreadStop(arena).request();
    } catch (Throwable e) {
      return false;
    } finally {
      TARGET.setVolatile(null);
      ERROR.setVolatile(null);
    }
  }

  private boolean request() throws Throwable {
    MemorySegment vm = createdVm();
    MethodHandle getEnv = function(vm, VM_GET_ENV, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    MemorySegment jni = environment(vm, getEnv, JNI_VERSION);
    MemorySegment jvmti = environment(vm, getEnv, JVMTI_VERSION);
    try {
      return mayStop(jvmti) && stop(jni, jvmti);
    } finally {
      int disposed = (int) function(jvmti, JVMTI_DISPOSE, JAVA_INT, ADDRESS).invokeExact(jvmti);
      assert disposed == 0;
    }
  }

  private boolean stop(MemorySegment jni, MemorySegment jvmti) throws Throwable {
    MethodHandle find = function(jni, JNI_FIND_CLASS, ADDRESS, ADDRESS, ADDRESS);
    MethodHandle keep = function(jni, JNI_NEW_GLOBAL_REF, ADDRESS, ADDRESS, ADDRESS);
    MethodHandle fieldOf =
        function(jni, JNI_GET_STATIC_FIELD_ID, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    MethodHandle read =
        function(jni, JNI_GET_STATIC_OBJECT_FIELD, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    MethodHandle stop = function(jvmti, JVMTI_STOP_THREAD, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    MethodHandle forget = functionOfTwo(jni, JNI_DELETE_GLOBAL_REF);
    MemorySegment name = arena.allocateFrom(HOOKS);
    MemorySegment target = arena.allocateFrom("stopped");
    MemorySegment threadType = arena.allocateFrom("Ljava/lang/Thread;");
    MemorySegment error = arena.allocateFrom("stoppedWith");
    MemorySegment errorType = arena.allocateFrom("Ljava/lang/Throwable;");
    MemorySegment none = (MemorySegment) keep.invokeExact(jni, MemorySegment.NULL);

    MemorySegment hooks =
        (MemorySegment) keep.invokeExact(jni, (MemorySegment) find.invokeExact(jni, name));
    MemorySegment targetId = (MemorySegment) fieldOf.invokeExact(jni, hooks, target, threadType);
    MemorySegment errorId = (MemorySegment) fieldOf.invokeExact(jni, hooks, error, errorType);
    MemorySegment thread =
        (MemorySegment)
            keep.invokeExact(jni, (MemorySegment) read.invokeExact(jni, hooks, targetId));
    MemorySegment thrown =
        (MemorySegment)
            keep.invokeExact(jni, (MemorySegment) read.invokeExact(jni, hooks, errorId));
    int result = (int) stop.invokeExact(jvmti, thread, thrown);
    for (MemorySegment kept : new MemorySegment[] {none, hooks, thread, thrown}) {
      forget.invokeExact(jni, kept);
    }
    return result == 0;
  }

  private MemorySegment createdVm() throws Throwable {
    SymbolLookup library = SymbolLookup.libraryLookup(libraryOfJvm(), arena);
    MethodHandle created =
        LINKER.downcallHandle(
            library.findOrThrow("JNI_GetCreatedJavaVMs"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    MemorySegment vm = arena.allocate(ADDRESS);
    int result = (int) created.invokeExact(vm, 1, arena.allocate(JAVA_INT));
    if (result != 0) {
      throw new IllegalStateException("JNI_GetCreatedJavaVMs answers " + result);
    }
    return vm.get(ADDRESS, 0);
  }

  private static Path libraryOfJvm() {
    String folder = System.getProperty("os.name").startsWith("Windows") ? "bin" : "lib";
    return Path.of(System.getProperty("java.home"), folder, "server", System.mapLibraryName("jvm"));
  }

  private MemorySegment environment(MemorySegment vm, MethodHandle getEnv, int version)
      throws Throwable {
    MemorySegment found = arena.allocate(ADDRESS);
    int result = (int) getEnv.invokeExact(vm, found, version);
    if (result != 0) {
      throw new IllegalStateException("GetEnv answers " + result);
    }
    return found.get(ADDRESS, 0);
  }

  private boolean mayStop(MemorySegment jvmti) throws Throwable {
    MemorySegment wanted = arena.allocate(CAPABILITIES_BYTES, Long.BYTES);
    wanted.set(JAVA_LONG, 0, CAN_SIGNAL_THREAD);
    MethodHandle add = function(jvmti, JVMTI_ADD_CAPABILITIES, JAVA_INT, ADDRESS, ADDRESS);
    return (int) add.invokeExact(jvmti, wanted) == 0;
  }

  /** An entry of the table of functions that the first word of an environment points to. */
  private static MethodHandle function(
      MemorySegment environment, int index, MemoryLayout result, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        entry(environment, index), FunctionDescriptor.of(result, parameters));
  }

  private static MethodHandle functionOfTwo(MemorySegment environment, int index) {
    return LINKER.downcallHandle(
        entry(environment, index), FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
  }

  private static MemorySegment entry(MemorySegment environment, int index) {
    MemorySegment table = environment.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
    return table.reinterpret((index + 1) * ADDRESS.byteSize()).getAtIndex(ADDRESS, index);
  }
}
