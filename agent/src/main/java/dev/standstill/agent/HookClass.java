package dev.standstill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ClassDesc;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hooks as the JVM knows them: the class {@code java.lang.StandstillHooks} in {@code
 * java.base}, a renamed copy of {@code dev.standstill.hooks.Hooks}.
 *
 * <p>A class there is visible to every class of every loader and lets rewritten JDK classes link
 * without further module reads. There is at most one in a JVM, however often the agent is loaded.
 */
final class HookClass {

  static final String NAME = "java.lang.StandstillHooks";

  private static final String EXTENSIONS_NAME = "java.lang.StandstillExtensions";

  static final ClassDesc DESC = ClassDesc.of(NAME);

  /** The hooks about threads, which are a class of their own. */
  static final ClassDesc THREADS = ClassDesc.of("java.lang.StandstillThreads");

  /** The hooks about randomness. */
  static final ClassDesc RANDOM = ClassDesc.of("java.lang.StandstillRandom");

  /** The hooks about the work of pools. */
  static final ClassDesc POOLS = ClassDesc.of("java.lang.StandstillPools");

  /** The hooks about first uses. */
  static final ClassDesc FIRST_USE = ClassDesc.of("java.lang.StandstillFirstUse");

  /** The hooks about numbers. */
  static final ClassDesc NUMBERS = ClassDesc.of("java.lang.StandstillNumbers");

  /** The hooks about what only reports show. */
  static final ClassDesc NOTES = ClassDesc.of("java.lang.StandstillNotes");

  /** The hooks about sockets. */
  static final ClassDesc SOCKETS = ClassDesc.of("java.lang.StandstillSockets");

  /** The hooks about the natives of sockets. */
  static final ClassDesc NETWORK = ClassDesc.of("java.lang.StandstillNetwork");

  /** The hooks about libraries. */
  static final ClassDesc LIBRARIES = ClassDesc.of("java.lang.StandstillLibraries");

  /** The hooks about shutdown hooks. */
  static final ClassDesc SHUTDOWN = ClassDesc.of("java.lang.StandstillShutdown");

  /** The hooks that a program calls while its schedules are explored. */
  static final ClassDesc SWITCH_POINTS = ClassDesc.of("java.lang.StandstillSwitchPoints");

  /** The hooks about the extensions of JUnit. */
  static final ClassDesc EXTENSIONS = ClassDesc.of(EXTENSIONS_NAME);

  private static final String ORIGINAL = "dev/standstill/hooks/Hooks";
  private static final String THREADS_ORIGINAL = "dev/standstill/hooks/ThreadHooks";
  private static final String RANDOM_ORIGINAL = "dev/standstill/hooks/RandomHooks";
  private static final String POOLS_ORIGINAL = "dev/standstill/hooks/PoolHooks";
  private static final String FIRST_USE_ORIGINAL = "dev/standstill/hooks/FirstUseHooks";
  private static final String NUMBERS_ORIGINAL = "dev/standstill/hooks/NumberHooks";
  private static final String NOTES_ORIGINAL = "dev/standstill/hooks/NoteHooks";
  private static final String SOCKETS_ORIGINAL = "dev/standstill/hooks/SocketHooks";
  private static final String NETWORK_ORIGINAL = "dev/standstill/hooks/NetworkHooks";
  private static final String LIBRARIES_ORIGINAL = "dev/standstill/hooks/LibraryHooks";
  private static final String SHUTDOWN_ORIGINAL = "dev/standstill/hooks/ShutdownHooks";
  private static final String SWITCH_POINTS_ORIGINAL = "dev/standstill/hooks/SwitchPointHooks";
  private static final String EXTENSIONS_ORIGINAL = "dev/standstill/hooks/ExtensionHooks";

  private final Class<?> hooks;
  private final Class<?> firstUse;
  private final Class<?> switchPoints;
  private final Class<?> threads;
  private final Field active;
  private final Field socketCalls;

  private HookClass(
      Class<?> hooks,
      Class<?> firstUse,
      Class<?> switchPoints,
      Class<?> threads,
      Class<?> network) {
    this.hooks = hooks;
    this.firstUse = firstUse;
    this.switchPoints = switchPoints;
    this.threads = threads;
    try {
      this.active = hooks.getField("active");
      this.socketCalls = network.getField("calls");
    } catch (NoSuchFieldException e) {
      throw foreign(e);
    }
  }

  /** Returns whether this JVM has the hooks, whoever defined them. */
  static boolean isDefined() {
    return find() != null;
  }

  /**
   * Defines the hooks.
   *
   * @throws IllegalAccessException if {@code java.lang} is not open to this class
   */
  static HookClass define() throws IllegalAccessException {
    MethodHandles.Lookup lookup =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
    Class<?> threads = lookup.defineClass(copy(THREADS_ORIGINAL, THREADS));
    lookup.defineClass(copy(RANDOM_ORIGINAL, RANDOM));
    lookup.defineClass(copy(POOLS_ORIGINAL, POOLS));
    lookup.defineClass(copy(NOTES_ORIGINAL, NOTES));
    lookup.defineClass(copy(SOCKETS_ORIGINAL, SOCKETS));
    Class<?> network = lookup.defineClass(copy(NETWORK_ORIGINAL, NETWORK));
    lookup.defineClass(copy(NUMBERS_ORIGINAL, NUMBERS));
    lookup.defineClass(copy(LIBRARIES_ORIGINAL, LIBRARIES));
    lookup.defineClass(copy(SHUTDOWN_ORIGINAL, SHUTDOWN));
    lookup.defineClass(copy(EXTENSIONS_ORIGINAL, EXTENSIONS));
    Class<?> firstUse = lookup.defineClass(copy(FIRST_USE_ORIGINAL, FIRST_USE));
    Class<?> switchPoints = lookup.defineClass(copy(SWITCH_POINTS_ORIGINAL, SWITCH_POINTS));
    return new HookClass(
        lookup.defineClass(copy(ORIGINAL, DESC)), firstUse, switchPoints, threads, network);
  }

  /** Has the hooks open packages of {@code java.base} through {@code opener}. */
  void opener(Consumer<Module> opener) {
    set(hooks, "opener", opener);
  }

  /** Has the hooks ask which classes are loaded, and have some pass through the agent again. */
  void loaded(Supplier<Class<?>[]> loaded, Consumer<Class<?>[]> retransform) {
    set(firstUse, "loaded", loaded);
    set(firstUse, "retransform", retransform);
  }

  /** Lets whoever explores schedules change the classes of the program. */
  void instrumentation(Instrumentation instrumentation) {
    set(switchPoints, "instrumentation", instrumentation);
  }

  /** Lets loops with a seed have the classes of programs changed. */
  void seedsPrograms(Runnable change) {
    set(threads, "seedsPrograms", change);
  }

  /** Returns whether a loop in virtual time was ever opened. */
  boolean isActive() {
    try {
      return active.getBoolean(null);
    } catch (IllegalAccessException e) {
      throw foreign(e);
    }
  }

  /** The calls of natives that loops with a network of their own answer; null if none opened. */
  @SuppressWarnings("unchecked")
  @Nullable Set<String> socketCalls() {
    try {
      return (Set<String>) socketCalls.get(null);
    } catch (IllegalAccessException e) {
      throw foreign(e);
    }
  }

  /** Has the loops ask, before the first of them in virtual time opens, what is missing. */
  void problem(Supplier<@Nullable String> problem) {
    set(hooks, "problem", problem);
  }

  /** Has the hooks ask what becomes of the extensions that JUnit has found. */
  static void replaceExtensions(
      BiFunction<Object, Class<?>, UnaryOperator<Stream<?>>> replacement) {
    try {
      set(Class.forName(EXTENSIONS_NAME, false, null), "replacement", replacement);
    } catch (ClassNotFoundException e) {
      throw foreign(e);
    }
  }

  /** Has the hooks ask what is to be run in place of the statements of JUnit 4. */
  static void replaceStatements(BiFunction<Object, Object, Object> replacement) {
    try {
      set(Class.forName(EXTENSIONS_NAME, false, null), "statements", replacement);
    } catch (ClassNotFoundException e) {
      throw foreign(e);
    }
  }

  private static void set(Class<?> hooks, String field, Object value) {
    try {
      hooks.getField(field).set(null, value);
    } catch (ReflectiveOperationException e) {
      throw foreign(e);
    }
  }

  private static IllegalStateException foreign(ReflectiveOperationException e) {
    return new IllegalStateException(
        NAME + " in this JVM is not the one of this agent: load one version of Standstill only.",
        e);
  }

  private static @Nullable Class<?> find() {
    try {
      return Class.forName(NAME, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** Reads the class that was compiled and gives it the name that the JVM is to know. */
  private static byte[] copy(String original, ClassDesc desc) {
    String name = desc.packageName().replace('.', '/') + "/" + desc.displayName();
    byte[] renamed = new ConstantPool(read(original)).rename(original, name);
    return new ConstantPool(renamed).rename("dev/standstill/hooks/VM", "jdk/internal/misc/VM");
  }

  private static byte[] read(String type) {
    String resource = "/" + type + ".class";
    try (InputStream in = HookClass.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The agent's jar lacks " + resource + ": build it again.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
