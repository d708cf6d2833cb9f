package dev.standstill.junit;

import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.standstill.EventLoop;
import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import dev.standstill.test.stage.RealTimeClosing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Where the stages of tests live: in JUnit's stores, which close them when their scope ends. Any
 * thread may call.
 */
final class Stages {

  private static final Namespace NAMESPACE = Namespace.create(LoopExtension.class);

  private static final String SEED = "seed";

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private Stages() {}

  /**
   * The stage for parameters of code in {@code context}; opened if it is not there. Empty for code
   * about a class whose tests have a loop each, and once the loop is closed.
   */
  static Optional<StoredStage> of(ExtensionContext context) {
    Optional<Hosting> hosting = hosting(context);
    return (hosting.isPresent() ? hosted(hosting.get()) : owned(context))
        .filter(stage -> !stage.isClosed());
  }

  private static Optional<StoredStage> owned(ExtensionContext context) {
    Optional<LoopOwner> owner = Owners.of(context);
    if (owner.isPresent()) {
      return isAlone(context) ? alone(owner.get(), context) : shared(owner.get(), context);
    }
    return switch (scope(context)) {
      case METHOD -> ofMethod(context);
      case CLASS -> Optional.of(open(bearing(context), LoopScope.Kind.CLASS));
      case SHARED -> Optional.of(open(context, LoopScope.Kind.SHARED));
    };
  }

  /**
   * Whether what owns the loop of {@code context} is started for one test only: it is if that is
   * asked for, and where a test has a schedule of its own, which begins with its loop.
   */
  private static boolean isAlone(ExtensionContext context) {
    boolean asked =
        Settings.nearest(context, LoopScope.class)
            .filter(scope -> scope.value() == LoopScope.Kind.METHOD)
            .isPresent();
    return asked
        || isInMethod(context)
            && (store(context).get(SEED) != null || Settings.of(context).replay() != null);
  }

  /** Dynamic tests belong to the method that made them. */
  private static boolean isInMethod(ExtensionContext context) {
    return context.getTestMethod().isPresent()
        || context.getTestClass().isEmpty()
            && context.getParent().filter(Stages::isInMethod).isPresent();
  }

  /** The stage of one test; what others share ends before, as it would be there twice. */
  private static Optional<StoredStage> alone(LoopOwner owner, ExtensionContext context) {
    Optional<StoredStage> present = ofTest(context);
    if (present.isPresent() || !isInMethod(context)) {
      return present;
    }
    if (Owners.mayBeAlive(owner)) {
      closeShared(owner, context);
    }
    return ofMethod(context);
  }

  private static void closeShared(LoopOwner owner, ExtensionContext context) {
    StoredStage shared = store(context.getRoot()).remove(owner, StoredStage.class);
    try {
      if (shared != null) {
        shared.close();
      }
    } catch (Exception problem) {
      LOG.log(System.Logger.Level.WARNING, "%s did not end well".formatted(owner), problem);
    }
  }

  /** The stage of all tests that use what owns their loop; it is closed when that has ended. */
  private static Optional<StoredStage> shared(LoopOwner owner, ExtensionContext context) {
    Settings settings = Settings.of(context);
    StoredStage stage =
        compute(
            store(context.getRoot()),
            owner,
            key -> openFor(owner, context, settings),
            StoredStage.class);
    if (!stage.suits(settings)) {
      throw new ExtensionConfigurationException(
          "%s shares %s with other tests, and asks for another loop than theirs: its @LoopTest has to say the same about time, network and commonPool, or it has to share something else."
              .formatted(context.getRequiredTestClass().getName(), owner));
    }
    stage.use(settings);
    return Optional.of(stage);
  }

  private static StoredStage openFor(LoopOwner owner, ExtensionContext context, Settings settings) {
    EventLoop loop = settings.openShared(context.getRequiredTestClass().getSimpleName(), owner);
    return new StoredStage(
        loop,
        closing(loop, Leaks.WARN),
        settings,
        new LoopUsers(context.getUniqueId(), null, true),
        owner);
  }

  /** The stage that has been opened for code in {@code context}, if one has. */
  static Optional<StoredStage> openIn(ExtensionContext context) {
    Optional<Hosting> hosting = hosting(context);
    Optional<LoopOwner> owner = hosting.isPresent() ? Optional.empty() : Owners.of(context);
    if (owner.isPresent()) {
      return isAlone(context)
          ? ofTest(context)
          : Optional.ofNullable(store(context.getRoot()).get(owner.get(), StoredStage.class));
    }
    if (hosting.isPresent()) {
      return hosting
          .get()
          .extension()
          .flatMap(extension -> hosting.get().place().map(place -> keyOf(extension, place)))
          .map(key -> store(context).get(key, HostedLoop.class))
          .map(HostedLoop::stage);
    }
    Object ofScope =
        scope(context) == LoopScope.Kind.CLASS ? keyOf(bearing(context)) : scope(context);
    return Optional.ofNullable(store(context).get(ofScope, StoredStage.class));
  }

  /** The stage that has to perform the code of {@code context}; empty if JUnit's thread does. */
  static Optional<StoredStage> performing(ExtensionContext context) {
    Optional<Hosting> hosting = hosting(context);
    if (hosting.isEmpty() && !Settings.isLoopTest(context)) {
      return Optional.empty();
    }
    if (hosting.isEmpty() || Settings.nearest(context, LoopScope.class).isPresent()) {
      refuseOneInstanceForManyLoops(context);
    }
    return of(context);
  }

  /** The stage of the test of {@code context} alone; empty if none has been opened for it. */
  static Optional<StoredStage> ofTest(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(LoopScope.Kind.METHOD, StoredStage.class));
  }

  /** The constructor could run on one of the loops at most. */
  private static void refuseOneInstanceForManyLoops(ExtensionContext context) {
    if ((Owners.of(context).isEmpty() || isAlone(context))
        && scope(context) == LoopScope.Kind.METHOD
        && context.getTestInstanceLifecycle().filter(PER_CLASS::equals).isPresent()) {
      throw new ExtensionConfigurationException(
          "%s has one instance for all its tests (@TestInstance(PER_CLASS)), and each of them a loop of its own: add @LoopScope(LoopScope.Kind.CLASS), or leave PER_CLASS away."
              .formatted(context.getRequiredTestClass().getName()));
    }
  }

  /** Closes the stage that was opened for {@code context} itself, if there is one. */
  static void closeOf(ExtensionContext context) throws Exception {
    StoredStage stage = store(context).get(keyOf(context), StoredStage.class);
    if (stage != null) {
      stage.close();
    }
    closeIfOver(context);
  }

  /** Closes the stage that tests share with {@code context} if what they share has ended. */
  private static void closeIfOver(ExtensionContext context) throws Exception {
    Optional<LoopOwner> owner = isHosted(context) ? Optional.empty() : Owners.of(context);
    if (owner.isPresent()) {
      StoredStage shared = store(context.getRoot()).get(owner.get(), StoredStage.class);
      if (shared != null && shared.isOver()) {
        store(context.getRoot()).remove(owner.get());
        shared.close();
      }
    }
  }

  /** Throws what tasks have thrown on a loop that does not end with its tests. */
  static void throwFailures(ExtensionContext context) {
    if (!isHosted(context) && Owners.of(context).isPresent()) {
      openIn(context).ifPresent(StoredStage::throwFailures);
    }
  }

  /**
   * Makes the loop of {@code context} the current one of JUnit's thread, for extensions that run
   * there.
   */
  static void makeCurrent(ExtensionContext context) {
    StoredStage stage = performing(context).orElse(null);
    if (stage != null && EventLoop.running().isEmpty()) {
      compute(
          store(context),
          beforeKeyOf(context),
          key -> EventLoop.currentIfPresent(),
          Optional.class);
      EventLoop.setCurrent(stage.loop());
    }
  }

  /** Gives JUnit's thread back the current loop that it had. */
  static void restoreCurrent(ExtensionContext context) {
    Optional<?> before = store(context).remove(beforeKeyOf(context), Optional.class);
    if (before != null) {
      EventLoop.setCurrent(
          before.map(EventLoop.class::cast).filter(loop -> !loop.isShutdown()).orElse(null));
    }
  }

  private static Object beforeKeyOf(ExtensionContext context) {
    return "current loop before " + context.getUniqueId();
  }

  /** Whether the code of {@code context} is for a loop that exists already. */
  static boolean isHosted(ExtensionContext context) {
    return hosting(context).isPresent();
  }

  private static Optional<Hosting> hosting(ExtensionContext context) {
    return Hosting.nearest(context)
        .filter(nearest -> nearest.extension().map(LoopExtension::isHost).orElse(true));
  }

  /** The stage on a loop that exists already; empty while, or where, there is none. */
  private static Optional<StoredStage> hosted(Hosting hosting) {
    return hosting
        .extension()
        .flatMap(extension -> hosting.place().map(place -> hosted(extension, hosting.at(), place)))
        .map(HostedLoop::stage);
  }

  private static HostedLoop hosted(
      LoopExtension extension, ExtensionContext at, ExtensionContext place) {
    return compute(
        store(place),
        keyOf(extension, place),
        key -> extension.host(at, Settings.of(at)),
        HostedLoop.class);
  }

  private static Object keyOf(LoopExtension extension, ExtensionContext place) {
    return List.of(extension, place.getUniqueId());
  }

  /** Sets the seed for the stage that will be opened for the test of {@code context}. */
  static void seed(ExtensionContext context, long seed) {
    store(context).put(SEED, seed);
  }

  /** Lets {@code last} be closed when all that {@code context} stands for is over. */
  static void closeAtEnd(ExtensionContext context, AutoCloseable last) {
    store(context).put(last, last);
  }

  private static Optional<StoredStage> ofMethod(ExtensionContext context) {
    return ofTest(context)
        .or(() ->
            context.getTestMethod().isEmpty()
                ? Optional.empty()
                : Optional.of(open(context, LoopScope.Kind.METHOD)));
  }

  private static StoredStage open(ExtensionContext context, LoopScope.Kind scope) {
    return scope == LoopScope.Kind.SHARED
        ? open(context, context.getRoot(), scope, null)
        : open(context, context, keyOf(context), TestName.of(context));
  }

  private static StoredStage open(
      ExtensionContext context, ExtensionContext place, Object key, @Nullable TestName name) {
    return compute(store(place), key, absent -> open(context, name), StoredStage.class);
  }

  /** What replaces this method in JUnit 6 is not there in JUnit 5. */
  @SuppressWarnings("deprecation")
  private static <V> V compute(
      Store store, Object key, Function<Object, V> creator, Class<V> type) {
    return Objects.requireNonNull(store.getOrComputeIfAbsent(key, creator, type));
  }

  /** Where the stage that belongs to {@code context} itself lies; stores show what parents have. */
  private static Object keyOf(ExtensionContext context) {
    return context.getTestMethod().isPresent()
        ? LoopScope.Kind.METHOD
        : "loop of " + context.getUniqueId();
  }

  private static StoredStage open(ExtensionContext context, @Nullable TestName name) {
    Settings settings = Settings.of(context);
    if (settings.replay() != null && context.getTestMethod().isPresent() && name != null) {
      Repetition.in(context).ifPresent(repetition -> repetition.claimFor(context));
    }
    Long seed = store(context).get(SEED, Long.class);
    LoopOwner owner = Owners.of(context).orElse(null);
    EventLoop loop = settings.open(nameOf(context), seed, owner);
    return new StoredStage(
        loop,
        closing(loop, settings.loop().leaks()),
        settings,
        new LoopUsers(context.getUniqueId(), name, false),
        owner);
  }

  private static AutoCloseable closing(EventLoop loop, Leaks leaks) {
    return loop instanceof TestLoop ? loop : new RealTimeClosing(loop, leaks)::close;
  }

  private static String nameOf(ExtensionContext context) {
    String method = context.getTestMethod().map(m -> "." + m.getName()).orElse("");
    return context.getRequiredTestClass().getSimpleName() + method;
  }

  private static LoopScope.Kind scope(ExtensionContext context) {
    return Settings.nearest(context, LoopScope.class)
        .map(LoopScope::value)
        .orElseGet(() ->
            UnannotatedTests.sharing(context).isPresent()
                ? LoopScope.Kind.CLASS
                : LoopScope.Kind.METHOD);
  }

  /** Whether the test of {@code context} has a loop that no other test has. */
  static boolean hasOwnLoop(ExtensionContext context) {
    return Settings.isLoopTest(context)
        && !isHosted(context)
        && Owners.of(context).isEmpty()
        && scope(context) == LoopScope.Kind.METHOD;
  }

  /** The context of the class that bears the scope which holds in {@code context}. */
  private static ExtensionContext bearing(ExtensionContext context) {
    if (Settings.nearest(context, LoopScope.class).isEmpty()) {
      return UnannotatedTests.sharing(context).orElseThrow();
    }
    ExtensionContext at = classContext(context);
    while (!AnnotationSupport.isAnnotated(at.getTestClass(), LoopScope.class)) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  private static ExtensionContext classContext(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestMethod().isPresent() || at.getTestClass().isEmpty()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
