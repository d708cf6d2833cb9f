package dev.standstill.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a process has in place of those of which a library has one for the whole JVM,
 * and which keep threads: like the loop's common pool, made when a task first asks for one, and as
 * new. Loop-confined.
 *
 * <p>A twin is made by the constructor of the class, from the fields in which the original has kept
 * the arguments: read from kotlinx.coroutines 1.11.0 and 1.7.3.
 */
public final class LibraryTwins {

  /**
   * How a twin is made.
   *
   * @param fields those with the arguments of the constructor, which may take fewer of them
   * @param inUse a method that takes a boolean and says that the object is in use for good; null if
   *     there is none
   * @param ofSockets whether only loops with a network of their own have twins
   */
  private record Recipe(
      String className, List<String> fields, @Nullable String inUse, boolean ofSockets) {}

  private record Twin(WeakReference<Object> original, Object object, @Nullable Thread[] thread) {}

  private static final String CORE_POOL_SIZE = "corePoolSize";
  private static final String KEEP_ALIVE = "idleWorkerKeepAliveNs";

  /** With this property a program says itself how many threads coroutines have. */
  private static final String POOL_SIZE = "kotlinx.coroutines.scheduler.core.pool.size";

  private static final int MIN_POOL_SIZE = 2;

  private static final List<Recipe> RECIPES =
      List.of(
          new Recipe(
              "kotlinx.coroutines.scheduling.CoroutineScheduler",
              List.of(CORE_POOL_SIZE, "maxPoolSize", KEEP_ALIVE, "schedulerName"),
              null,
              false),
          new Recipe(
              "kotlinx.coroutines.internal.LimitedDispatcher",
              List.of("dispatcher", "parallelism", "name"),
              null,
              false),
          new Recipe("kotlinx.coroutines.DefaultExecutor", List.of(), "incrementUseCount", false),
          new Recipe("sun.net.www.http.KeepAliveCache", List.of(), null, true),
          new Recipe("io.netty.util.concurrent.GlobalEventExecutor", List.of(), null, true),
          // Of Reactor Netty; what is in it is made when it is first asked for.
          new Recipe("java.util.concurrent.atomic.AtomicReference", List.of(), null, true));

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private final AgentHooks.Process process;
  private final List<Twin> twins = new ArrayList<>();

  /** The twins of {@code process}. */
  public LibraryTwins(AgentHooks.Process process) {
    this.process = process;
  }

  /** Lets loops in virtual time have their own objects, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillLibraries",
        (UnaryOperator<Object>)
            object ->
                AgentHooks.processOfCaller() instanceof AgentHooks.Process process
                    ? process.twins().of(object)
                    : object,
        (UnaryOperator<@Nullable Object>) LibraryTwins::threadOf,
        (BiPredicate<Object, @Nullable Object>) LibraryTwins::keepsThread,
        (Consumer<Object>) completion -> ofCaller(completion, Coroutines::begins),
        (Consumer<Object>) frame -> ofCaller(frame, Coroutines::suspends),
        (Consumer<Object>) frame -> ofCaller(frame, Coroutines::resumes));
  }

  private interface Note {
    void of(Coroutines coroutines, Object what);
  }

  private static void ofCaller(Object what, Note note) {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    if (loop != null && !loop.isEnding()) {
      note.of(loop.notes().coroutines(), what);
    }
  }

  private Object of(Object object) {
    Recipe recipe = recipeOf(object);
    if (recipe == null || recipe.ofSockets && !OwnNetworks.has(process.loop())) {
      return object;
    }
    for (Twin twin : twins) {
      if (twin.object == object || twin.original.refersTo(object)) {
        return twin.object;
      }
    }
    Object made = make(recipe, object);
    twins.removeIf(twin -> twin.original.refersTo(null));
    twins.add(new Twin(new WeakReference<>(object), made, new @Nullable Thread[1]));
    return made;
  }

  private static @Nullable Recipe recipeOf(Object object) {
    String name = object.getClass().getName();
    for (Recipe recipe : RECIPES) {
      if (recipe.className.equals(name)) {
        return recipe;
      }
    }
    return null;
  }

  private static @Nullable Object threadOf(@Nullable Object object) {
    Twin twin = twinIs(object);
    return twin == null ? null : twin.thread;
  }

  private static boolean keepsThread(Object object, @Nullable Object thread) {
    Twin twin = twinIs(object);
    if (twin != null) {
      twin.thread[0] = (Thread) thread;
    }
    return twin != null;
  }

  private static @Nullable Twin twinIs(@Nullable Object object) {
    AgentHooks.Process process = AgentHooks.processOfCaller();
    if (process != null) {
      for (Twin twin : process.twins().twins) {
        if (twin.object == object) {
          return twin;
        }
      }
    }
    return null;
  }

  private Object make(Recipe recipe, Object original) {
    try {
      Class<?> type = original.getClass();
      MethodHandles.Lookup lookup = lookupIn(type);
      Constructor<?> constructor = constructorOf(type, recipe.fields.size());
      List<@Nullable Object> arguments = new ArrayList<>();
      for (String field : recipe.fields.subList(0, constructor.getParameterCount())) {
        arguments.add(argument(lookup, type.getDeclaredField(field), original));
      }
      Object made = lookup.unreflectConstructor(constructor).invokeWithArguments(arguments);
      if (recipe.inUse != null) {
        lookup.unreflect(type.getMethod(recipe.inUse, boolean.class)).invoke(made, false);
      }
      return made;
    } catch (Throwable e) {
      if (FAILED.compareAndSet(false, true)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Loops cannot have their own "
                + recipe.className
                + ": what it runs is shared by all loops of this JVM, and may not go on on the"
                + " second of them. Use a version of that library that this version of Standstill"
                + " knows.",
            e);
      }
      return original;
    }
  }

  /** That of the source code; the compiler may have added others with more parameters. */
  private static Constructor<?> constructorOf(Class<?> type, int most) {
    return Arrays.stream(type.getDeclaredConstructors())
        .filter(
            constructor -> !constructor.isSynthetic() && constructor.getParameterCount() <= most)
        .max(Comparator.comparingInt(Constructor::getParameterCount))
        .orElseThrow();
  }

  /** A run is the same on every machine, and threads that are idle for long set no timer. */
  private @Nullable Object argument(MethodHandles.Lookup lookup, Field field, Object original)
      throws Throwable {
    return switch (field.getName()) {
      case CORE_POOL_SIZE -> poolSize((Integer) lookup.unreflectGetter(field).invoke(original));
      case KEEP_ALIVE -> Long.MAX_VALUE;
      default -> lookup.unreflectGetter(field).invoke(original);
    };
  }

  private int poolSize(int ofJvm) {
    return System.getProperty(POOL_SIZE) == null
        ? Math.max(MIN_POOL_SIZE, process.commonPool().getParallelism() + 1)
        : ofJvm;
  }

  private static MethodHandles.Lookup lookupIn(Class<?> type) throws IllegalAccessException {
    Module own = LibraryTwins.class.getModule();
    Module module = type.getModule();
    own.addReads(module);
    if (!module.isOpen(type.getPackageName(), own)) {
      Instrumentation instrumentation =
          (Instrumentation)
              Hooks.field(ProgramHooks.NAME, "instrumentation", Object.class).getVolatile();
      instrumentation.redefineModule(
          module,
          Set.of(),
          Map.of(),
          Map.of(type.getPackageName(), Set.of(own)),
          Set.of(),
          Map.of());
    }
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }
}
