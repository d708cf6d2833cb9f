package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of natives that loops answer: each static method of a class here stands for the method
 * of the same name and type in a class of the JDK, and says by the number of a file descriptor, or
 * by who calls, whether the call is a loop's; else it goes where it would have gone. Read from JDK
 * 25.0.3, on Linux.
 */
final class SocketCalls {

  /** An answer to calls of tasks, as there is no file descriptor yet that would tell. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface OfCaller {}

  /** An answer to calls whose socket is not the first file descriptor among the arguments. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface SocketAt {
    int value();
  }

  /** An answer to calls about names that are not known on the network of the caller's loop. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface OfName {}

  /** An answer to calls about addresses that somebody has on the network of the caller's loop. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface OfAddress {}

  /** An answer to calls that end with the name and number of an interface that a loop has made. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface OfInterface {}

  private record Row(String owner, Class<?> answers) {}

  private static final List<Row> TABLE =
      List.of(
          new Row("sun.nio.ch.Net", NetCalls.class),
          new Row("sun.nio.ch.Poller", PollerCalls.class),
          new Row("sun.nio.ch.EPoll", EPollCalls.class),
          new Row("sun.nio.ch.EventFD", EventFdCalls.class),
          new Row("sun.nio.ch.IOUtil", IoUtilCalls.class),
          new Row("sun.nio.ch.SocketDispatcher", StreamCalls.class),
          new Row("sun.nio.ch.DatagramDispatcher", DatagramCalls.class),
          new Row("sun.nio.ch.DatagramChannelImpl", DatagramChannelCalls.class),
          new Row("sun.nio.ch.UnixDispatcher", CloseCalls.class),
          new Row("sun.nio.ch.FileDispatcherImpl", FileCalls.class),
          new Row("sun.nio.ch.UnixAsynchronousSocketChannelImpl", AsynchronousCalls.class),
          new Row("sun.nio.ch.UnixDomainSockets", UnixDomainCalls.class),
          new Row("java.net.InetAddress", NameCalls.class),
          new Row("java.net.NetworkInterface", InterfaceCalls.class),
          new Row("jdk.net.LinuxSocketOptions", LinuxOptionCalls.class));

  /**
   * @param test takes what the call takes, and says whether it is a loop's
   * @param handle what is called then
   */
  private record Answer(MethodHandle test, MethodHandle handle) {}

  private static final String JDK_NET = "jdk.net";

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private static boolean active;

  private SocketCalls() {}

  /**
   * Has the JDK's sockets ask loops, from now on.
   *
   * @throws dev.standstill.jdk.UnsupportedJdkException if this JDK lacks one of the calls
   */
  static synchronized void activate() {
    if (!active) {
      Map<String, Answer> answers = answers();
      SocketAccess.activate(
          Set.copyOf(answers.keySet()),
          (call, jdk) -> {
            Answer answer = answers.get(call);
            return answer == null
                ? jdk
                : MethodHandles.guardWithTest(answer.test(), answer.handle(), jdk);
          },
          Kernels::localHost);
      active = true;
    }
  }

  private static Map<String, Answer> answers() {
    Map<String, Answer> answers = new HashMap<>();
    for (Row row : TABLE) {
      if (!isThere(row)) {
        continue;
      }
      initialize(row.answers()); // some ask the machine for what they answer with
      for (Method method : row.answers().getDeclaredMethods()) {
        if (!Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic()) {
          Answer answer = answer(method);
          MethodType type = answer.handle().type();
          SocketAccess.requireDeclared(row.owner(), method.getName(), type);
          answers.put(
              "%s.%s%s"
                  .formatted(
                      row.owner().replace('.', '/'),
                      method.getName(),
                      type.toMethodDescriptorString()),
              answer);
        }
      }
    }
    return answers;
  }

  /** A program that is a module need not have that of the options of Linux. */
  private static boolean isThere(Row row) {
    return !row.owner().startsWith(JDK_NET + ".")
        || ModuleLayer.boot().findModule(JDK_NET).isPresent();
  }

  private static void initialize(Class<?> answers) {
    try {
      LOOKUP.ensureInitialized(answers);
    } catch (IllegalAccessException e) {
      throw new LinkageError("%s cannot answer".formatted(answers), e);
    }
  }

  private static Answer answer(Method method) {
    try {
      MethodHandle handle = LOOKUP.unreflect(method);
      return new Answer(test(method, handle.type()), handle);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("%s cannot answer".formatted(method), e);
    }
  }

  private static MethodHandle test(Method method, MethodType type)
      throws ReflectiveOperationException {
    if (method.isAnnotationPresent(OfCaller.class)) {
      MethodHandle ofCaller =
          LOOKUP.findStatic(Kernels.class, "isCallersLoops", MethodType.methodType(boolean.class));
      return MethodHandles.dropArguments(ofCaller, 0, type.parameterList());
    }
    if (method.isAnnotationPresent(OfName.class)) {
      return LOOKUP.findStatic(
          Kernels.class, "isUnknown", MethodType.methodType(boolean.class, String.class));
    }
    if (method.isAnnotationPresent(OfAddress.class)) {
      return LOOKUP.findStatic(
          Kernels.class, "isNamed", MethodType.methodType(boolean.class, InetAddress.class));
    }
    if (method.isAnnotationPresent(OfInterface.class)) {
      MethodHandle isMade =
          LOOKUP.findStatic(
              SocketCalls.class,
              "isMade",
              MethodType.methodType(boolean.class, String.class, int.class));
      return MethodHandles.dropArguments(
          isMade, 0, type.parameterList().subList(0, type.parameterCount() - 2));
    }
    SocketAt at = method.getAnnotation(SocketAt.class);
    int socket =
        at == null ? Math.max(0, type.parameterList().indexOf(FileDescriptor.class)) : at.value();
    MethodHandle isOurs =
        LOOKUP.findStatic(
            Kernels.class,
            "isOurs",
            MethodType.methodType(boolean.class, type.parameterType(socket)));
    return MethodHandles.dropArguments(isOurs, 0, type.parameterList().subList(0, socket));
  }

  /** Whether an interface is one that a loop has made. */
  static boolean isMade(String name, int index) {
    return index == InterfaceCalls.MADE_INDEX;
  }
}
