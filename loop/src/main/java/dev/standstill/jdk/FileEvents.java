package dev.standstill.jdk;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.function.Predicate;

/**
 * Asks the operating system what has happened to a file descriptor. Any thread may call. A record
 * for the reason given at {@link Internals}.
 *
 * @param poll {@code (FileDescriptor, int, long) -> int}
 * @param pollIn the event that there is something to read
 * @param descriptor {@code (int) -> FileDescriptor}
 * @param pollSelector {@code (int, long) -> void}, parks until a selector has something to read
 */
record FileEvents(
    MethodHandle poll, int pollIn, MethodHandle descriptor, MethodHandle pollSelector) {

  /** Stands for any event, in place of a constant of the operating system. */
  static final int ANY = 0;

  private static final FileEvents JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static FileEvents resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new FileEvents(
        jdk.find(
            Piece.NET_POLL,
            (lookup, owner) ->
                lookup.findStatic(
                    owner,
                    "poll",
                    MethodType.methodType(int.class, FileDescriptor.class, int.class, long.class))),
        jdk.find(
            Piece.POLLIN,
            (lookup, owner) ->
                (int) (short) lookup.findStaticVarHandle(owner, "POLLIN", short.class).get()),
        jdk.find(
            Piece.FILE_DESCRIPTOR,
            (lookup, owner) ->
                lookup.findStatic(
                    owner, "newFD", MethodType.methodType(FileDescriptor.class, int.class))),
        jdk.find(
            Piece.POLL_SELECTOR,
            (lookup, owner) ->
                lookup.findStatic(
                    owner,
                    "pollSelector",
                    MethodType.methodType(void.class, int.class, long.class))));
  }

  /** Parks the calling virtual thread until a selector has something to read, or it is woken. */
  static void awaitSelector(int selector) {
    try {
      JDK.pollSelector.invokeExact(selector, 0L);
    } catch (Throwable e) {
      throw new LinkageError("Selector %d cannot be waited for".formatted(selector), e);
    }
  }

  /** Whether what a thread waits for on a file descriptor has happened. */
  static boolean isReady(int file, int event) {
    try {
      FileDescriptor descriptor = (FileDescriptor) JDK.descriptor.invokeExact(file);
      int awaited = event == ANY ? JDK.pollIn : event;
      return (int) JDK.poll.invokeExact(descriptor, awaited, 0L) != 0;
    } catch (IOException e) {
      return true;
    } catch (Throwable e) {
      throw new LinkageError("sun.nio.ch.Net.poll failed", e);
    }
  }
}
