package dev.standstill.junit;

import static org.junit.jupiter.api.extension.TestInstantiationAwareExtension.ExtensionContextScope.DEFAULT_SCOPE_PROPERTY_NAME;
import static org.junit.jupiter.api.extension.TestInstantiationAwareExtension.ExtensionContextScope.TEST_METHOD;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactory;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.jupiter.api.extension.TestInstantiationAwareExtension;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Another extension, whose callbacks run on the loop of the test. To JUnit it is a proxy of the
 * type as which it calls the extension. Any thread may call.
 */
final class ExtensionOnLoop implements InvocationHandler {

  /** What runs on the loop. The rest is asked before there is one, or when it is gone. */
  static final Set<Class<?>> CALLBACKS =
      Set.of(
          BeforeAllCallback.class,
          BeforeEachCallback.class,
          BeforeTestExecutionCallback.class,
          AfterTestExecutionCallback.class,
          AfterEachCallback.class,
          AfterAllCallback.class,
          TestInstancePreConstructCallback.class,
          TestInstanceFactory.class,
          TestInstancePostProcessor.class,
          TestInstancePreDestroyCallback.class,
          ParameterResolver.class,
          TestExecutionExceptionHandler.class,
          LifecycleMethodExecutionExceptionHandler.class);

  private static final String AUTO_CLOSE = "org.junit.jupiter.engine.extension.AutoCloseExtension";

  private final Extension extension;

  private ExtensionOnLoop(Extension extension) {
    this.extension = extension;
  }

  static Extension of(Extension extension, Class<?> type) {
    return (Extension)
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new ExtensionOnLoop(extension));
  }

  /**
   * Whether an extension is the one that closes what fields with {@code @AutoClose} hold. It is
   * JUnit's own, but such an object may wait for tasks of the loop before it is closed.
   */
  static boolean isAutoClose(Extension extension) {
    return extension.getClass().getName().equals(AUTO_CLOSE);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Class<?> callback = method.getDeclaringClass();
    if (callback == TestInstantiationAwareExtension.class) {
      return TEST_METHOD; // That context leads to the loop; the extension gets the one it wants.
    }
    if (arguments == null || !CALLBACKS.contains(callback)) {
      return call(method, arguments);
    }
    int place = arguments[0] instanceof ExtensionContext ? 0 : arguments.length - 1;
    ExtensionContext context = (ExtensionContext) arguments[place];
    Object[] wanted = arguments.clone();
    wanted[place] =
        instantiated(callback, arguments[0]).map(type -> wanted(context, type)).orElse(context);
    Optional<StoredStage> stage =
        hasToRunOnLoop(method, context) ? Stages.performing(context) : Optional.empty();
    return stage.isPresent()
        ? stage.get().run(() -> call(method, wanted), null, context.getUniqueId())
        : call(method, wanted);
  }

  /**
   * The class of the test instance that a callback is about; empty if it is about another thing.
   */
  private static Optional<Class<?>> instantiated(Class<?> callback, Object subject) {
    if (callback == TestInstancePostProcessor.class) {
      return Optional.of(subject.getClass());
    }
    return switch (subject) {
      case TestInstanceFactoryContext factory -> Optional.of(factory.getTestClass());
      case ParameterContext parameter
          when parameter.getDeclaringExecutable() instanceof Constructor<?> constructor ->
          Optional.of(constructor.getDeclaringClass());
      default -> Optional.empty();
    };
  }

  /**
   * The context that JUnit gives this extension: that of the test if the extension asks for it,
   * else that of the class.
   *
   * @param ofTest the context of the test, or of the class if all its tests have one instance
   * @param type the class of the instance
   */
  private ExtensionContext wanted(ExtensionContext ofTest, Class<?> type) {
    if (wantsContextOfTest(ofTest)) {
      return ofTest;
    }
    return Stream.iterate(
            Optional.of(ofTest), Optional::isPresent, c -> c.flatMap(ExtensionContext::getParent))
        .map(Optional::orElseThrow)
        .filter(context -> context.getTestMethod().isEmpty())
        .filter(context -> context.getTestClass().filter(c -> c.isAssignableFrom(type)).isPresent())
        .findFirst()
        .orElse(ofTest);
  }

  private boolean wantsContextOfTest(ExtensionContext context) {
    return extension instanceof TestInstantiationAwareExtension aware
            && aware.getTestInstantiationExtensionContextScope(context.getRoot()) == TEST_METHOD
        || context
            .getConfigurationParameter(DEFAULT_SCOPE_PROPERTY_NAME)
            .filter(TEST_METHOD.name()::equalsIgnoreCase)
            .isPresent();
  }

  private boolean hasToRunOnLoop(Method method, ExtensionContext context) {
    if (isAutoClose(extension)) {
      return closesFields(context.getTestClass().orElse(null));
    }
    return !method.getName().equals("supportsParameter");
  }

  private static boolean closesFields(@Nullable Class<?> type) {
    return type != null
        && (!AnnotationSupport.findAnnotatedFields(type, AutoClose.class).isEmpty()
            || closesFields(type.getEnclosingClass()));
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(extension, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
