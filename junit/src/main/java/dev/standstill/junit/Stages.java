package dev.standstill.junit;

import dev.standstill.EventLoop;
import java.util.Optional;
import java.util.function.Supplier;
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

  private static final String HOSTED = "hosted";
  private static final String SEED = "seed";

  private Stages() {}

  /**
   * The stage for code that runs in {@code context}; opened if it is not there. Empty for code
   * about a class whose tests have a loop each.
   */
  static Optional<Stage> of(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(HOSTED, Stage.class))
        .or(() ->
            switch (scope(context)) {
              case METHOD -> ofMethod(context);
              case CLASS -> Optional.of(open(bearing(context), LoopScope.Kind.CLASS));
              case SHARED -> Optional.of(open(context, LoopScope.Kind.SHARED));
            });
  }

  /** Closes the stage that was opened for {@code context} itself, if there is one. */
  static void close(ExtensionContext context, LoopScope.Kind scope) throws Exception {
    Stage stage = store(context).remove(scope, Stage.class);
    if (stage != null) {
      stage.close();
    }
  }

  /** The stage of a class that runs on a loop which exists already. */
  static Stage hosted(ExtensionContext context, Supplier<? extends EventLoop> host) {
    return store(classContext(context))
        .computeIfAbsent(
            HOSTED, key -> new Stage(host.get(), false, Settings.of(context)), Stage.class);
  }

  /** Sets the seed for the stage that will be opened for the test of {@code context}. */
  static void seed(ExtensionContext context, long seed) {
    store(context).put(SEED, seed);
  }

  private static Optional<Stage> ofMethod(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(LoopScope.Kind.METHOD, Stage.class))
        .or(() ->
            context.getTestMethod().isEmpty()
                ? Optional.empty()
                : Optional.of(open(context, LoopScope.Kind.METHOD)));
  }

  private static Stage open(ExtensionContext context, LoopScope.Kind scope) {
    ExtensionContext place = scope == LoopScope.Kind.SHARED ? context.getRoot() : context;
    return store(place).computeIfAbsent(scope, key -> open(context), Stage.class);
  }

  private static Stage open(ExtensionContext context) {
    Settings settings = Settings.of(context);
    Long seed = store(context).get(SEED, Long.class);
    return new Stage(settings.open(nameOf(context), seed), true, settings);
  }

  private static String nameOf(ExtensionContext context) {
    String method = context.getTestMethod().map(m -> "." + m.getName()).orElse("");
    return context.getRequiredTestClass().getSimpleName() + method;
  }

  private static LoopScope.Kind scope(ExtensionContext context) {
    return Settings.nearest(context, LoopScope.class)
        .map(LoopScope::value)
        .orElse(LoopScope.Kind.METHOD);
  }

  /** The context of the class that bears the scope which holds in {@code context}. */
  private static ExtensionContext bearing(ExtensionContext context) {
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
