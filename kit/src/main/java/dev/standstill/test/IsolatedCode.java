package dev.standstill.test;

import dev.standstill.test.spi.IsolatedLoader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What {@link TestLoop#isolated} returns. Immutable; any thread may call. */
final class IsolatedCode<V extends @Nullable Object> implements Callable<V> {

  private final Class<? extends Callable<V>> code;
  private final ClassLoader source;

  private IsolatedCode(Class<? extends Callable<V>> code, ClassLoader source) {
    this.code = code;
    this.source = source;
  }

  /**
   * @throws IllegalArgumentException if it is not a class that can be loaded anew
   */
  static <V extends @Nullable Object> IsolatedCode<V> of(Class<? extends Callable<V>> code) {
    ClassLoader source = code.getClassLoader();
    String file = code.getName().replace('.', '/') + ".class";
    if (code.isHidden() || source == null || source.getResource(file) == null) {
      throw cannot(
          code, "there is no class file of it, as with a lambda: give it a class with a name");
    }
    if (IsolatedLoader.isShared(code.getName())) {
      throw cannot(code, "its package is one of Standstill's own: move it to another package");
    }
    return new IsolatedCode<>(code, source);
  }

  private static IllegalArgumentException cannot(Class<?> code, String why) {
    return new IllegalArgumentException(
        "isolated() cannot load %s anew, because %s.".formatted(code.getName(), why));
  }

  @Override
  public V call() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    IsolatedLoader loader = new IsolatedLoader(source);
    thread.setContextClassLoader(loader);
    try {
      V result = make(loader.loadClass(code.getName())).call();
      refuseOwn(result, loader);
      return result;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @SuppressWarnings("unchecked")
  private Callable<V> make(Class<?> copy) throws Exception {
    try {
      Constructor<?> constructor = copy.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Callable<V>) constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalArgumentException(
          "isolated() cannot make a %s: it has to be a class that is not abstract and has a constructor without parameters; a nested class has to be static."
              .formatted(code.getName()),
          e);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
  }

  /** The caller could do nothing with it but be told that a class is not itself. */
  private void refuseOwn(@Nullable Object result, ClassLoader loader) {
    if (result != null && result.getClass().getClassLoader() == loader) {
      throw new IllegalStateException(
          "%s, run isolated, returned a %s, a class that it has a copy of its own of: return what the JDK has, such as a String or a List of numbers."
              .formatted(code.getName(), result.getClass().getName()));
    }
  }
}
