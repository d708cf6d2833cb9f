package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;

/** Finds {@link Piece}s, and says in one sentence which one is missing or closed. */
final class JdkLookup {

  /** What a caller does with a lookup that may see the private members of {@code owner}. */
  @FunctionalInterface
  interface Finder<T> {
    T find(MethodHandles.Lookup lookup, Class<?> owner) throws ReflectiveOperationException;
  }

  private final Predicate<Piece> present;

  /**
   * @param present tells which pieces to look for at all; a test takes single ones away to see what
   *     a user of another JDK would see
   */
  JdkLookup(Predicate<Piece> present) {
    this.present = present;
  }

  <T> T find(Piece piece, Finder<T> finder) {
    try {
      if (!present.test(piece)) {
        throw new NoSuchFieldException(piece.member());
      }
      Class<?> owner = Class.forName(piece.className());
      return finder.find(MethodHandles.privateLookupIn(owner, MethodHandles.lookup()), owner);
    } catch (IllegalAccessException e) {
      throw UnsupportedJdkException.closed(piece, e);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw UnsupportedJdkException.missing(piece, e);
    }
  }

  VarHandle field(Piece piece, Class<?> type) {
    return find(piece, (lookup, owner) -> lookup.findVarHandle(owner, piece.member(), type));
  }

  /** A method of the one instance of the JDK's {@code Unsafe}, which {@code piece} is about. */
  MethodHandle unsafe(Piece piece, String name, MethodType type) {
    return find(
        piece,
        (lookup, owner) -> {
          MethodHandle instance =
              lookup.findStatic(owner, "getUnsafe", MethodType.methodType(owner));
          try {
            return lookup.findVirtual(owner, name, type).bindTo(instance.invoke());
          } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
          }
        });
  }

  /** A getter for a field whose type has no name here. */
  MethodHandle getter(Piece piece) {
    return find(
        piece, (lookup, owner) -> lookup.unreflectGetter(owner.getDeclaredField(piece.member())));
  }
}
