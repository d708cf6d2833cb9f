package dev.standstill.explore.program;

import dev.standstill.core.ProgramCode;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The static fields of the classes that explored runs have initialised, one run after the other:
 * they start afresh in each run. Any thread may call.
 *
 * <p>They do so in the order in which the first run has initialised the classes; and where the
 * initialiser of one has led to that of another, the other's turn comes at the same step of it.
 */
public final class StaticState {

  /** Where what is initialised counts that no run has to itself. */
  private static final StaticState OF_JVM = new StaticState();

  /** The number of the last step of an initialiser, by that of its first. */
  private static final Map<Integer, Integer> LAST_STEPS = new ConcurrentHashMap<>();

  /** The classes whose initialisers a thread runs, the innermost first. */
  private static final ThreadLocal<Deque<InitialisedClass>> RUNNING =
      ThreadLocal.withInitial(ArrayDeque::new);

  private static int steps;

  private final List<InitialisedClass> all = new CopyOnWriteArrayList<>();
  private volatile long round;
  private volatile @Nullable Thread repeating;

  /** Of runs whose classes no other runs use. */
  public StaticState() {}

  /** Of the runs that share the classes of this JVM. */
  public static StaticState ofJvm() {
    return OF_JVM;
  }

  /** A run whose classes may be its own. */
  public interface Owner {
    /** Where the classes count that the run initialises. */
    StaticState statics();
  }

  /** How many classes the runs have initialised. */
  public int size() {
    return all.size();
  }

  /** Numbers the steps of an initialiser; returns the number of the first. */
  static synchronized int addSteps(int count) {
    int first = steps + 1;
    steps += count;
    LAST_STEPS.put(first, steps);
    return first;
  }

  /** The initialiser of a class has begun that has a method to do so again. */
  static void initialises(MethodHandles.Lookup lookup, int firstStep) {
    StaticState own = ProgramCode.strategyOfCaller() instanceof Owner run ? run.statics() : OF_JVM;
    own.add(
        new InitialisedClass(
            own, lookup, firstStep, LAST_STEPS.getOrDefault(firstStep, firstStep)));
  }

  private void add(InitialisedClass type) {
    type.lastRound = round;
    Deque<InitialisedClass> running = RUNNING.get();
    if (!running.isEmpty()) {
      running.getFirst().leadsTo(type);
    }
    running.push(type);
    all.add(type);
  }

  /** An initialiser, or what repeats it, has come to a step. */
  static void initialiserAt(int step) {
    Deque<InitialisedClass> running = RUNNING.get();
    while (!running.isEmpty() && !running.getFirst().hasStep(step)) {
      running.pop(); // it has thrown
    }
    if (running.isEmpty()) {
      return;
    }
    InitialisedClass type = running.getFirst();
    if (type.comesTo(step)) {
      running.pop();
    }
    StaticState own = type.owner();
    if (own.repeating == Thread.currentThread()) {
      type.ledTo().forEach(own::repeat);
    }
  }

  /**
   * Sets all back to where it was when its class had just been initialised.
   *
   * @param earlier how many of the classes others have initialised than those for whom this starts
   * @param unseen sets back these; the first
   * @throws FailedInitializerException if an initialiser throws now
   */
  public void startAfresh(int earlier, Consumer<Runnable> unseen) {
    round++;
    repeating = Thread.currentThread();
    try {
      unseen.accept(() -> all.stream().limit(earlier).forEach(this::repeat));
      all.stream().skip(earlier).forEach(this::repeat);
    } finally {
      repeating = null;
    }
  }

  private void repeat(InitialisedClass type) {
    if (!type.hasEnded() || type.lastRound == round) {
      return;
    }
    type.lastRound = round;
    RUNNING.get().push(type);
    try {
      type.initialiseAgain();
    } catch (Throwable e) {
      throw new FailedInitializerException(type.name(), e);
    }
  }
}
