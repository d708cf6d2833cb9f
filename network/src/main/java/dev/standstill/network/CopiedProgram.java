package dev.standstill.network;

import dev.standstill.test.spi.IsolatedLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A program that is made anew in the classes of each host that runs it. A lambda tells what it was
 * made of by the method {@code writeReplace} that the JDK gives those that are serializable (read
 * from {@code java.lang.invoke.InnerClassLambdaMetafactory}, JDK 25).
 */
record CopiedProgram(String host, HostProgram program) implements LoadedProgram {

  @Override
  public ClassLoader source() {
    return Objects.requireNonNull(program.getClass().getClassLoader());
  }

  @Override
  public HostProgram in(IsolatedLoader loader) {
    SerializedLambda lambda = lambdaOf();
    try {
      return lambda == null
          ? (HostProgram) anew(program.getClass(), host, loader)
          : ofLambda(lambda, host, loader);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "Host \"%s\" cannot have a copy of its program %s: %s"
              .formatted(host, program.getClass().getName(), e),
          e);
    }
  }

  private @Nullable SerializedLambda lambdaOf() {
    if (!program.getClass().isHidden()) {
      return null;
    }
    try {
      Method replaced = program.getClass().getDeclaredMethod("writeReplace");
      replaced.setAccessible(true);
      return (SerializedLambda) replaced.invoke(program);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Host \"%s\" cannot see into its program, a lambda in a module that is not open: open the package to dev.standstill.network, or give the program a class with a name."
              .formatted(host),
          e);
    }
  }

  private static Object anew(Class<?> type, String host, IsolatedLoader loader)
      throws ReflectiveOperationException {
    try {
      Constructor<?> constructor = loader.loadClass(type.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalArgumentException(
          "Host \"%s\" cannot make a %s: its program has to be a lambda, or of a class that is not abstract and has a constructor without parameters; a nested class has to be static."
              .formatted(host, type.getName()),
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Host \"%s\": the constructor of %s has failed.".formatted(host, type.getName()),
          e.getCause());
    }
  }

  private static HostProgram ofLambda(SerializedLambda lambda, String host, IsolatedLoader loader)
      throws ReflectiveOperationException {
    List<Object> captured = new ArrayList<>();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      captured.add(shared(lambda.getCapturedArg(i), host, loader));
    }
    MethodHandle body = body(lambda, loader);
    return LoadedProgram.of(() -> body.invokeWithArguments(captured));
  }

  private static @Nullable Object shared(
      @Nullable Object captured, String host, IsolatedLoader loader) {
    if (captured != null && !loader.shares(captured.getClass())) {
      throw new IllegalArgumentException(
          "The program of host \"%s\" is a lambda that has captured a %s, a class that the host has a copy of its own of: capture what the JDK has, such as a String or an AtomicInteger, make the object in the lambda, or call shareClasses(\"%s\") before."
              .formatted(host, captured.getClass().getName(), captured.getClass().getName()));
    }
    return captured;
  }

  private static MethodHandle body(SerializedLambda lambda, IsolatedLoader loader)
      throws ReflectiveOperationException {
    Class<?> owner = loader.loadClass(lambda.getImplClass().replace('/', '.'));
    String name = lambda.getImplMethodName();
    MethodType type =
        MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
    return switch (lambda.getImplMethodKind()) {
      case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, name, type);
      case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, type);
      case MethodHandleInfo.REF_invokeSpecial -> lookup.findSpecial(owner, name, type, owner);
      default -> lookup.findVirtual(owner, name, type);
    };
  }
}
