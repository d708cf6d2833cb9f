package dev.standstill.jdk;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The random numbers and identity hash codes of one loop in virtual time, all from one seed: two
 * loops with the same seed whose tasks ask in the same order get the same. Loop-confined but for
 * the constructor.
 *
 * <p>Each slice has a stream of its own, that depends on the seed and the slice's number. Code that
 * the JDK runs only once in a JVM draws from other streams, of no loop: an initialiser of a class
 * from that of the class, so that what it leaves behind is the same in all JVMs; code that loads
 * and links from one that nobody else has. Should the JDK draw something for the first time that is
 * not known to do so, that is felt until the end of the slice at most.
 */
public final class Randomness {

  private static final long BITS_OF_SALT = 0xFFFF_FFFFL;

  /** For so many streams that are left there is room at first: starting a thread leaves one. */
  private static final int FIRST_ROOM = 1;

  /** How many streams of code that loads and links there have been in this JVM. */
  private static final AtomicLong FIRST_USES = new AtomicLong();

  private final long seed;
  private final long salt;
  private final RandomStream numbers = new RandomStream();
  private final Random shared = Random.from(numbers);
  private final CarrierState carrier = new CarrierState();
  private final ClassHashes classHashes = new ClassHashes();
  private long slices;

  /**
   * The streams that were left for code that runs once, the outermost first. There is no room for
   * them until one is left.
   */
  private long[] positions = {};

  private int[][] hashStates = {};

  /** The classes that the boot loader was about to load when these were left. */
  private @Nullable String[] loading = {};

  /** The names of the classes whose initialisers have begun, at their place among all of these. */
  private @Nullable String[] initializing = {};

  private int left;

  /**
   * @param seed any number
   */
  public Randomness(long seed) {
    this.seed = RandomStream.mix(seed);
    this.salt = this.seed & BITS_OF_SALT;
  }

  /** Lets the tasks of loops in virtual time get their random numbers from here, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillRandom",
        (LongUnaryOperator)
            jdk -> ofCaller() instanceof Randomness loop ? loop.numbers.nextLong() : jdk,
        (LongUnaryOperator) jdk -> ofCaller() instanceof Randomness loop ? loop.salt : jdk,
        (Supplier<@Nullable Random>)
            () -> ofCaller() instanceof Randomness loop ? loop.shared : null,
        (Predicate<byte[]>) Randomness::fill,
        (LongUnaryOperator) jdk -> ofCaller() == null ? jdk : UniqueNumbers.next());
    useOnce();
    Hooks.activate(
        "java.lang.StandstillFirstUse",
        (Consumer<@Nullable String>) Randomness::firstUseBegins,
        (Runnable) Randomness::firstUseEnds,
        (Consumer<String>) Randomness::initializerNeeds,
        (Consumer<Class<?>>) ClassHashes::assign,
        (Consumer<String>) Randomness::loads,
        (Consumer<byte @Nullable []>) Randomness::transformed);
    LoadedClasses.prepare();
  }

  /**
   * Has the JVM load and link all that is called for a first use: what it called for the first use
   * of its own code would have no end.
   */
  private static void useOnce() {
    VirtualThreads.builder(Runnable::run).start(Randomness::useOffLoop);
    InitializerCycles.useOnce();
    UniqueNumbers.next();
    Randomness loop = new Randomness(0);
    loop.makeRoom();
    loop.loading[0] = "java/lang/Object";
    int enough = FIRST_ROOM + 1;
    for (int i = 0; i < enough; i++) {
      loop.leave(null);
    }
    for (int i = 0; i < enough; i++) {
      loop.goOn();
    }
    loop.hasLoaded(true);
    loop.leave(Randomness.class.getName());
    loop.outerInitializer();
    loop.goOn();
  }

  private static void useOffLoop() {
    loads("");
    firstUseBegins(null);
    initializerNeeds("");
    firstUseEnds();
    transformed(null);
  }

  private static @Nullable Randomness ofCaller() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    return loop == null ? null : loop.randomness();
  }

  /** Runs {@code driving} with the random state that the JVM keeps in the carrier. */
  public void drive(Runnable driving) {
    carrier.swap();
    try {
      driving.run();
    } finally {
      carrier.swap();
    }
  }

  /** The next slice is about to run; for the driver. */
  public void sliceBegins() {
    if (left > 0) {
      Arrays.fill(loading, null);
      left = 0;
    }
    classHashes.assignAll();
    drawFrom(Thread.currentThread(), seed + slices++);
  }

  private void drawFrom(Thread carrier, long stream) {
    numbers.position(RandomStream.mix(stream));
    HashState.start(carrier, numbers.nextLong(), numbers.nextLong());
  }

  private static void firstUseBegins(@Nullable String type) {
    Randomness loop = ofCaller();
    if (loop != null) {
      loop.leave(type);
    }
  }

  private static void loads(String type) {
    Randomness loop = ofCaller();
    if (loop == null) {
      ClassHashes.loadsElsewhere(type);
    } else {
      loop.makeRoom();
      loop.loading[loop.left] = type;
    }
  }

  private static void transformed(byte @Nullable [] changed) {
    Randomness loop = ofCaller();
    if (loop != null) {
      loop.hasLoaded(changed != null);
    }
  }

  private void hasLoaded(boolean changed) {
    String type = left < loading.length ? loading[left] : null;
    if (type != null) {
      loading[left] = null;
      classHashes.loads(type, changed, left == 0);
    }
  }

  private static void firstUseEnds() {
    Randomness loop = ofCaller();
    if (loop != null) {
      loop.goOn();
    }
  }

  private static void initializerNeeds(String pairs) {
    Randomness loop = ofCaller();
    if (loop != null) {
      InitializerCycles.note(loop.outerInitializer(), pairs);
    }
  }

  /** The class whose initialiser has led to the one that runs now, or null. */
  private @Nullable String outerInitializer() {
    for (int i = left - 2; i >= 0; i--) {
      if (initializing[i] != null) {
        return initializing[i];
      }
    }
    return null;
  }

  /** Leaves the stream of the slice for that of a class, or for one of its own. */
  private void leave(@Nullable String type) {
    Thread carrier = VirtualThreads.currentCarrier();
    makeRoom();
    if (left == 0 && loading[0] == null) {
      classHashes.settle();
    }
    positions[left] = numbers.position();
    HashState.exchange(carrier, hashStates[left]);
    initializing[left] = type;
    left++;
    drawFrom(carrier, type == null ? FIRST_USES.getAndIncrement() : type.hashCode());
  }

  /** Whether the caller is code that runs only once in a JVM. */
  public boolean isInFirstUse() {
    return left > 0;
  }

  private void makeRoom() {
    if (left == positions.length) {
      int room = Math.max(FIRST_ROOM, left * 2);
      positions = Arrays.copyOf(positions, room);
      loading = Arrays.copyOf(loading, room);
      initializing = Arrays.copyOf(initializing, room);
      hashStates = Arrays.copyOf(hashStates, room);
      for (int i = left; i < hashStates.length; i++) {
        hashStates[i] = new int[HashState.WORDS];
      }
    }
  }

  /** Goes on where the task was; not if that was in an earlier slice. */
  private void goOn() {
    if (left > 0) {
      left--;
      numbers.position(positions[left]);
      HashState.exchange(VirtualThreads.currentCarrier(), hashStates[left]);
      if (left == 0 && loading[0] == null) {
        classHashes.settle();
      }
    }
  }

  private static boolean fill(byte[] bytes) {
    Randomness loop = ofCaller();
    if (loop != null) {
      loop.numbers.nextBytes(bytes);
    }
    return loop != null;
  }
}
