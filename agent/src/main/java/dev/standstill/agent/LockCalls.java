package dev.standstill.agent;

import dev.standstill.agent.program.ProgramRule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.ref.WeakReference;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which calls of a program take a lock, or give one back: those of the JDK's locks and semaphores,
 * of {@code notify}, and of the program's own synchronized methods. These are looked for in class
 * files, so that the answer does not depend on which classes are loaded already: no class is loaded
 * for it. What is called by way of an interface or an overridden method is not seen. Safe for any
 * thread.
 */
final class LockCalls {

  /** What a call does to locks. */
  enum Effect {
    NONE,
    TAKES,
    RELEASES,
    TAKES_AND_RELEASES;

    boolean takes() {
      return this == TAKES || this == TAKES_AND_RELEASES;
    }

    boolean releases() {
      return this == RELEASES || this == TAKES_AND_RELEASES;
    }
  }

  private static final String LOCKS = "java/util/concurrent/locks/";
  private static final String LOCK_SUPPORT = LOCKS + "LockSupport";
  private static final String SEMAPHORE = "java/util/concurrent/Semaphore";
  private static final String OBJECT = "java/lang/Object";

  private static final Set<String> TAKE =
      Set.of(
          "lock",
          "lockInterruptibly",
          "tryLock",
          "acquire",
          "acquireInterruptibly",
          "acquireUninterruptibly",
          "acquireShared",
          "acquireSharedInterruptibly",
          "tryAcquire",
          "tryAcquireNanos",
          "tryAcquireSharedNanos",
          "readLockInterruptibly",
          "writeLockInterruptibly",
          "tryReadLock",
          "tryWriteLock",
          "tryConvertToReadLock",
          "tryConvertToWriteLock");

  /** What also are the names of methods that return a lock. */
  private static final Set<String> TAKE_STAMP = Set.of("readLock()J", "writeLock()J");

  private static final Set<String> RELEASE =
      Set.of(
          "unlock",
          "unlockRead",
          "unlockWrite",
          "tryUnlockRead",
          "tryUnlockWrite",
          "tryConvertToOptimisticRead",
          "release",
          "releaseShared",
          "signal",
          "signalAll");

  private static final Set<String> NOTIFY = Set.of("notify()V", "notifyAll()V");

  /**
   * What is to be known of a class.
   *
   * @param methods those that it declares, by name and descriptor, and whether each is synchronized
   * @param supertypes its superclass and its interfaces
   */
  private record Shape(Map<String, Boolean> methods, List<String> supertypes) {
    static final Shape UNKNOWN = new Shape(Map.of(), List.of());
  }

  /** Weak, since a loader leads to this. */
  private final WeakReference<ClassLoader> loader;

  /** No lock is held while a class file is looked for: the loader has locks of its own. */
  private final Map<String, Shape> shapes = new ConcurrentHashMap<>();

  /**
   * @param loader sees the class files of the program
   */
  LockCalls(ClassLoader loader) {
    this.loader = new WeakReference<>(loader);
  }

  /** Remembers a class that need not be looked for. */
  void add(ClassModel model) {
    shapes.putIfAbsent(model.thisClass().asInternalName(), shape(model));
  }

  /** What a call of a method does. */
  Effect effect(MemberRefEntry method) {
    String call = method.name().stringValue() + method.type().stringValue();
    return NOTIFY.contains(call)
        ? Effect.RELEASES
        : effect(method.owner().asInternalName(), method.name().stringValue(), call);
  }

  /** Looks for a method as the JVM does, with its name and with its name and descriptor. */
  private Effect effect(String owner, String name, String call) {
    if (owner.startsWith("java/")) {
      return ofJdk(owner, name, call);
    }
    if (name.startsWith("<") || owner.startsWith("[") || !ProgramRule.isNamedAsOfProgram(owner)) {
      return Effect.NONE;
    }
    Shape shape = shape(owner);
    Boolean isSynchronized = shape.methods.get(call);
    if (isSynchronized != null) {
      return isSynchronized ? Effect.TAKES_AND_RELEASES : Effect.NONE;
    }
    for (String supertype : shape.supertypes) {
      Effect inherited = effect(supertype, name, call);
      if (inherited != Effect.NONE) {
        return inherited;
      }
    }
    return Effect.NONE;
  }

  private static Effect ofJdk(String owner, String name, String call) {
    if (!owner.equals(SEMAPHORE) && (!owner.startsWith(LOCKS) || owner.equals(LOCK_SUPPORT))) {
      return Effect.NONE;
    }
    if (TAKE.contains(name) || TAKE_STAMP.contains(call)) {
      return Effect.TAKES;
    }
    return RELEASE.contains(name) ? Effect.RELEASES : Effect.NONE;
  }

  private Shape shape(String type) {
    Shape known = shapes.get(type);
    if (known == null) {
      known = read(type);
      shapes.put(type, known);
    }
    return known;
  }

  private Shape read(String type) {
    ClassLoader seeing = loader.get();
    URL file = seeing == null ? null : seeing.getResource(type + ".class");
    if (file == null || ProgramRule.isFetched(file)) {
      return Shape.UNKNOWN;
    }
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return shape(ClassFile.of().parse(in.readAllBytes()));
      }
    } catch (IOException | IllegalArgumentException e) {
      return Shape.UNKNOWN; // it cannot be loaded either
    }
  }

  private static Shape shape(ClassModel model) {
    Map<String, Boolean> methods = new HashMap<>();
    for (MethodModel method : model.methods()) {
      methods.put(
          method.methodName().stringValue() + method.methodType().stringValue(),
          method.flags().has(AccessFlag.SYNCHRONIZED));
    }
    List<String> supertypes = new ArrayList<>();
    model.superclass().map(ClassEntry::asInternalName).ifPresent(supertypes::add);
    model.interfaces().forEach(type -> supertypes.add(type.asInternalName()));
    supertypes.remove(OBJECT);
    return new Shape(Map.copyOf(methods), List.copyOf(supertypes));
  }
}
