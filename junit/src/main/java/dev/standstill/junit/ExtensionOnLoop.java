package dev.standstill.junit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactory;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.jupiter.api.extension.TestInstantiationAwareExtension;

/**
 * Another extension, whose callbacks run on the loop of the test. Any thread may call.
 *
 * <p>JUnit has no way to run the callbacks of extensions elsewhere than on its own thread, so what
 * it sees is a proxy with all interfaces of JUnit that the extension has.
 */
final class ExtensionOnLoop implements InvocationHandler {

  /** What runs on the loop. The rest is asked before there is one, or when it is gone. */
  private static final Set<Class<?>> CALLBACKS =
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

  /** They say when the extension enters a context and leaves it, so that the loop stays open. */
  private static final List<Class<?>> ENTERING_AND_LEAVING =
      List.of(
          BeforeAllCallback.class,
          BeforeEachCallback.class,
          AfterEachCallback.class,
          AfterAllCallback.class);

  private final Extension extension;

  private ExtensionOnLoop(Extension extension) {
    this.extension = extension;
  }

  static Extension of(Extension extension) {
    return (Extension)
        Proxy.newProxyInstance(
            Extension.class.getClassLoader(),
            Stream.concat(ENTERING_AND_LEAVING.stream(), interfacesOf(extension.getClass()))
                .distinct()
                .toArray(Class<?>[]::new),
            new ExtensionOnLoop(extension));
  }

  /** The interfaces of JUnit that a class and its superclasses have. */
  private static Stream<Class<?>> interfacesOf(@Nullable Class<?> type) {
    return type == null
        ? Stream.empty()
        : Stream.concat(
            Arrays.stream(type.getInterfaces()).flatMap(ExtensionOnLoop::withThoseItExtends),
            interfacesOf(type.getSuperclass()));
  }

  private static Stream<Class<?>> withThoseItExtends(Class<?> type) {
    return type.getPackage() == Extension.class.getPackage()
        ? Stream.of(type)
        : Arrays.stream(type.getInterfaces()).flatMap(ExtensionOnLoop::withThoseItExtends);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Class<?> callback = method.getDeclaringClass();
    if (callback == TestInstantiationAwareExtension.class) {
      return TestInstantiationAwareExtension.ExtensionContextScope.TEST_METHOD;
    }
    if (arguments == null || !CALLBACKS.contains(callback)) {
      return call(method, arguments);
    }
    ExtensionContext context = contextAmong(arguments);
    if (callback == BeforeAllCallback.class || callback == BeforeEachCallback.class) {
      Stages.enter(context, (Extension) proxy);
    }
    try {
      return callOnLoop(context, method, arguments);
    } finally {
      if (callback == AfterAllCallback.class || callback == AfterEachCallback.class) {
        Stages.leave(context, (Extension) proxy);
      }
    }
  }

  private @Nullable Object callOnLoop(ExtensionContext context, Method method, Object[] arguments)
      throws Throwable {
    Optional<Stage> stage = Stages.performing(context);
    return stage.isPresent()
        ? stage.get().run(() -> call(method, arguments), null)
        : call(method, arguments);
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    if (!method.getDeclaringClass().isInstance(extension)) {
      return null; // One of those that only say when the extension enters or leaves.
    }
    try {
      return method.invoke(extension, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static ExtensionContext contextAmong(Object[] arguments) {
    return Arrays.stream(arguments)
        .filter(ExtensionContext.class::isInstance)
        .map(ExtensionContext.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
