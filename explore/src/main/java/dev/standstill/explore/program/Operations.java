package dev.standstill.explore.program;

import dev.standstill.explore.program.Places.Kind;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which calls are accesses that threads can race on: a table. Immutable. */
final class Operations {

  /** Their methods share nothing. */
  private static final Set<String> UNSHARED =
      Set.of(
          "java/util/concurrent/TimeUnit",
          "java/util/concurrent/ThreadLocalRandom",
          "java/util/concurrent/Callable",
          "java/util/concurrent/ThreadFactory");

  private static final Set<String> OF_THREAD =
      Set.of("start", "join", "interrupt", "isInterrupted", "isAlive", "getState");

  private static final Set<String> PAUSES = Set.of("yield", "onSpinWait");

  private static final Set<String> NOTIFIES = Set.of("notify", "notifyAll");

  /** Types whose objects may be made for threads, or not: the object tells. */
  private static final Pattern COLLECTIONS =
      Pattern.compile(
          "java/util/(Abstract)?(Sequenced|Navigable|Sorted)?(Map|Set|Collection|List|Queue|Deque)");

  /** Types that are not made for threads; two that use one object at a time race. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "java/util/(Linked|Tree|Hash|Array|Identity|Weak|Enum|Bit|Priority|LinkedHash)*(Map|Set|List|Queue|Deque|HashMap)"
              + "|java/util/(Iterator|ListIterator|Vector|Stack|Calendar|Date|Random)"
              + "|java/lang/(StringBuilder|StringBuffer)"
              + "|java/text/(SimpleDateFormat|DateFormat|NumberFormat|DecimalFormat|MessageFormat)");

  private static final Pattern READS =
      Pattern.compile(
          "get.*|contains.*|size|isEmpty|peek.*|element|first|last|iterator|listIterator|stream|"
              + "hasNext|hasPrevious|keySet|values|entrySet|forEach|toArray|indexOf|lastIndexOf|"
              + "length|charAt|toString|equals|hashCode|acquire|opaque|count|await|"
              + "isDone|isCancelled|isShutdown|isTerminated|is[A-Z].*|has[A-Z].*");

  private Operations() {}

  /** One call. */
  enum On {
    /** On whatever its receiver is. */
    ANY,
    /** On what its receiver holds, which is made for threads or not. */
    CONTENT,
    /** It has no receiver. */
    STATIC
  }

  /**
   * What a call does.
   *
   * @param kind what it does
   * @param on on what
   */
  record Operation(Kind kind, On on) {}

  /** Returns what a call does, or null if it is none of these. */
  static @Nullable Operation of(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    if (call.opcode() == Opcode.INVOKESTATIC) {
      return ofStatic(owner, name);
    }
    if (call.opcode() == Opcode.INVOKESPECIAL) {
      return null;
    }
    if (owner.startsWith("java/util/concurrent/")) {
      return UNSHARED.contains(owner) ? null : new Operation(operation(name), On.ANY);
    }
    if (owner.equals("java/lang/invoke/VarHandle") || owner.startsWith("dev/standstill/Limiter")) {
      return new Operation(operation(name), On.ANY);
    }
    if (owner.equals("java/lang/Thread") || owner.equals("java/util/Timer")) {
      return OF_THREAD.contains(name) || owner.endsWith("Timer")
          ? new Operation(Kind.OPERATION, On.ANY)
          : null;
    }
    if (owner.startsWith("java/lang/Thread$Builder") && name.equals("start")) {
      return new Operation(Kind.OPERATION, On.ANY);
    }
    if (NOTIFIES.contains(name) && call.type().equalsString("()V")) {
      return new Operation(Kind.OPERATION, On.ANY);
    }
    boolean isContent = COLLECTIONS.matcher(owner).matches() || PLAIN.matcher(owner).matches();
    return isContent
        ? new Operation(READS.matcher(name).matches() ? Kind.READ : Kind.WRITE, On.CONTENT)
        : null;
  }

  /** Only a plain reading is none that others race with by reading. */
  private static Kind operation(String name) {
    return READS.matcher(name).matches() && !name.startsWith("getAnd") ? Kind.READ : Kind.OPERATION;
  }

  private static @Nullable Operation ofStatic(String owner, String name) {
    if (owner.equals("java/lang/Thread")) {
      if (PAUSES.contains(name)) {
        return new Operation(Kind.PAUSE, On.STATIC);
      }
      return name.equals("sleep") || name.equals("startVirtualThread") || name.equals("interrupted")
          ? new Operation(Kind.OPERATION, On.STATIC)
          : null;
    }
    boolean shares =
        owner.equals("java/util/concurrent/locks/LockSupport")
            || owner.equals("java/util/concurrent/CompletableFuture");
    return shares ? new Operation(Kind.OPERATION, On.STATIC) : null;
  }
}
