package dev.standstill.jdk;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's sockets are made of, for whoever answers their calls. Any thread may call. A
 * record for the reason given at {@link Internals}.
 *
 * @param fileDescriptor the number in a {@code FileDescriptor}
 * @param reset {@code () -> IOException}, which sockets know from others
 * @param networkInterface {@code (String, int, InetAddress[]) -> NetworkInterface}
 */
public record SocketAccess(
    VarHandle fileDescriptor, MethodHandle reset, MethodHandle networkInterface) {

  /** The packages of the classes that call the natives. */
  private static final Set<String> CALLERS = Set.of("sun.nio.ch", "java.net", "jdk.net");

  private static final SocketAccess JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static SocketAccess resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new SocketAccess(
        jdk.field(Piece.FILE_NUMBER, int.class),
        jdk.find(
            Piece.CONNECTION_RESET,
            (lookup, owner) ->
                lookup
                    .findConstructor(owner, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(IOException.class))),
        jdk.find(
            Piece.NETWORK_INTERFACE,
            (lookup, owner) ->
                lookup.findConstructor(
                    owner,
                    MethodType.methodType(
                        void.class, String.class, int.class, InetAddress[].class))));
  }

  /**
   * Has calls of natives linked anew, from now on.
   *
   * @param calls each as owner, name and descriptor
   * @param linker takes one of these and the method itself, and returns what to call in its place
   * @param localHost has the address of the host that the calling task is on; null if that is the
   *     machine
   * @throws UnsupportedJdkException if something is missing
   */
  public static void activate(
      Set<String> calls,
      BiFunction<String, MethodHandle, MethodHandle> linker,
      Supplier<@Nullable Object> localHost) {
    try {
      NativeAccess.enable();
    } catch (Throwable e) {
      throw new LinkageError("Standstill may not read the memory of sockets", e);
    }
    Hooks.activate(
        "java.lang.StandstillNetwork",
        calls,
        linker,
        (BooleanSupplier) () -> OwnNetworks.ofCaller() != null,
        (LongSupplier) OwnNetworks::nanoTime,
        (LongSupplier) OwnNetworks::currentTimeMillis,
        (Supplier<@Nullable Object>) OwnNetworks::defaultGroup,
        localHost);
    Hooks.retransform(loadedCallers());
  }

  private static List<Class<?>> loadedCallers() {
    return Arrays.stream(Hooks.loadedClasses())
        .filter(type -> type.getClassLoader() == null && !type.isArray() && !type.isHidden())
        .filter(type -> CALLERS.contains(type.getPackageName()))
        .toList();
  }

  /**
   * A static method of this JDK.
   *
   * @throws UnsupportedJdkException if it has not got it
   */
  public static MethodHandle require(String owner, String name, MethodType type) {
    try {
      Class<?> found = Class.forName(owner, false, null);
      return MethodHandles.privateLookupIn(found, MethodHandles.lookup())
          .findStatic(found, name, type);
    } catch (ReflectiveOperationException e) {
      throw UnsupportedJdkException.missing(owner, name + type, e);
    }
  }

  /**
   * Returns when this JDK has a static method, be it in a package that is closed to this module.
   *
   * @throws UnsupportedJdkException if it has not got it
   */
  public static void requireDeclared(String owner, String name, MethodType type) {
    try {
      for (Class<?> at = Class.forName(owner, false, null); at != null; at = at.getSuperclass()) {
        if (Arrays.stream(at.getDeclaredMethods()).anyMatch(each -> isSuch(each, name, type))) {
          return;
        }
      }
      throw new NoSuchMethodException(name);
    } catch (ReflectiveOperationException e) {
      throw UnsupportedJdkException.missing(owner, name + type, e);
    }
  }

  private static boolean isSuch(Method method, String name, MethodType type) {
    return method.getName().equals(name)
        && Modifier.isStatic(method.getModifiers())
        && method.getReturnType() == type.returnType()
        && List.of(method.getParameterTypes()).equals(type.parameterList());
  }

  /** The number of a file descriptor. */
  public static int number(FileDescriptor file) {
    return (int) JDK.fileDescriptor.get(file);
  }

  /** Gives a file descriptor its number. */
  public static void number(FileDescriptor file, int number) {
    JDK.fileDescriptor.set(file, number);
  }

  /** What the other side's RST makes of a read. */
  public static IOException connectionReset() {
    try {
      return (IOException) JDK.reset.invokeExact();
    } catch (Throwable e) {
      throw new LinkageError("sun.net.ConnectionResetException cannot be made", e);
    }
  }

  /** Makes an interface that is none of the machine's. */
  public static NetworkInterface networkInterface(String name, int index, InetAddress address) {
    try {
      return (NetworkInterface)
          JDK.networkInterface.invokeExact(name, index, new InetAddress[] {address});
    } catch (Throwable e) {
      throw new LinkageError("java.net.NetworkInterface cannot be made", e);
    }
  }

  /** Whether the calling thread is one of the JDK's that clean up after what nobody can reach. */
  public static boolean isCleaning() {
    return Thread.currentThread().getClass().getName().equals("jdk.internal.misc.InnocuousThread");
  }

  /** The memory at an address. */
  @SuppressWarnings("restricted")
  public static ByteBuffer memory(long address, int length) {
    return MemorySegment.ofAddress(address).reinterpret(length).asByteBuffer();
  }
}
