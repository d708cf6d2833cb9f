package dev.standstill.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows about randomness, read from JDK 25.0.3: where generators are seeded, where the JDK has
 * one that all threads share, where it names temporary files, and what orders unmodifiable sets and
 * maps.
 */
final class RandomRewrites {

  private static final String RANDOM = "java/util/Random";
  private static final String LOCAL_RANDOM = "java/util/concurrent/ThreadLocalRandom";
  private static final String SECURE_RANDOM = "java/security/SecureRandom";
  private static final String ATOMIC_LONG = "java/util/concurrent/atomic/AtomicLong";
  private static final String SET_2 = "java/util/ImmutableCollections$Set12";
  private static final String SET_ITERATOR = "java/util/ImmutableCollections$SetN$SetNIterator";
  private static final String MAP_ITERATOR = "java/util/ImmutableCollections$MapN$MapNIterator";

  /** The generators that {@code RandomGenerator.of} makes. */
  private static final String[] GENERATORS = {
    "java/util/SplittableRandom",
    "jdk/internal/random/L128X1024MixRandom",
    "jdk/internal/random/L128X128MixRandom",
    "jdk/internal/random/L128X256MixRandom",
    "jdk/internal/random/L32X64MixRandom",
    "jdk/internal/random/L64X1024MixRandom",
    "jdk/internal/random/L64X128MixRandom",
    "jdk/internal/random/L64X128StarStarRandom",
    "jdk/internal/random/L64X256MixRandom",
    "jdk/internal/random/Xoroshiro128PlusPlus",
    "jdk/internal/random/Xoshiro256PlusPlus"
  };

  private static final Edit SEED =
      new Edit.FilterResult(ATOMIC_LONG, "getAndAdd", Hook.ofRandom("seed"), "(J)J");
  private static final Edit SALT = new Edit.FilterField("SALT32L", Hook.ofRandom("salt"), "(J)J");
  private static final Edit REVERSE =
      new Edit.FilterField("REVERSE", Hook.ofRandom("isReversed"), "(Z)Z");
  private static final Edit FILL = new Edit.ReturnIf(Hook.ofRandom("fill"));

  private static final String FROM_SEED = "random numbers come from the seed of the run";
  private static final String OWN_NAME = "no two programs have temporary files of one name";
  private static final String SAME_ORDER = "unmodifiable sets and maps have the order of the run";

  static final List<MethodRewrite> TABLE = table();

  private RandomRewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> rows = new ArrayList<>();
    for (String generator : GENERATORS) {
      rows.add(new MethodRewrite(generator, "<init>", "()V", SEED, FROM_SEED));
    }
    addSeeds(rows);
    addSecure(rows);
    addNames(rows);
    addOrder(rows);
    return List.copyOf(rows);
  }

  private static void addSeeds(List<MethodRewrite> rows) {
    Edit uniquifier =
        new Edit.FilterResult(RANDOM, "seedUniquifier", Hook.ofRandom("seed"), "(J)J");
    Edit threadId =
        new Edit.FilterResult("java/lang/Thread", "threadId", Hook.ofRandom("mixedIn"), "(J)J");
    Edit time =
        new Edit.FilterResult("java/lang/System", "nanoTime", Hook.ofRandom("mixedIn"), "(J)J");
    rows.add(new MethodRewrite(RANDOM, "<init>", "()V", uniquifier, FROM_SEED));
    rows.add(new MethodRewrite(RANDOM, "<init>", "()V", time, FROM_SEED));
    rows.add(new MethodRewrite(LOCAL_RANDOM, "localInit", "()V", SEED, FROM_SEED));
    rows.add(new MethodRewrite(LOCAL_RANDOM, "nextSecondarySeed", "()I", SEED, FROM_SEED));
    rows.add(new MethodRewrite(LOCAL_RANDOM, "nextSeed", "()J", threadId, FROM_SEED));
    rows.add(shared("java/lang/Math", "random", "()D", "randomNumberGenerator"));
    rows.add(shared("java/lang/StrictMath", "random", "()D", "randomNumberGenerator"));
    rows.add(shared("java/util/Collections", "shuffle", "(Ljava/util/List;)V", "r"));
  }

  private static MethodRewrite shared(String type, String method, String descriptor, String field) {
    Edit edit =
        new Edit.FilterField(
            field, Hook.ofRandom("shared"), "(Ljava/util/Random;)Ljava/util/Random;");
    return new MethodRewrite(type, method, descriptor, edit, FROM_SEED);
  }

  private static void addSecure(List<MethodRewrite> rows) {
    Edit seed =
        new Edit.FilterResult(
            "java/security/SecureRandomSpi",
            "engineGenerateSeed",
            Hook.ofRandom("secureSeed"),
            "([B)[B");
    rows.add(new MethodRewrite(SECURE_RANDOM, "nextBytes", "([B)V", FILL, FROM_SEED));
    rows.add(new MethodRewrite(SECURE_RANDOM, "generateSeed", "(I)[B", seed, FROM_SEED));
  }

  private static void addNames(List<MethodRewrite> rows) {
    Edit unique = new Edit.FilterResult(SECURE_RANDOM, "nextLong", Hook.ofRandom("unique"), "(J)J");
    String ofFile = "(Ljava/lang/String;Ljava/lang/String;Ljava/io/File;)Ljava/io/File;";
    String ofPath =
        "(Ljava/lang/String;Ljava/lang/String;Ljava/nio/file/Path;)Ljava/nio/file/Path;";
    rows.add(
        new MethodRewrite("java/io/File$TempDirectory", "generateFile", ofFile, unique, OWN_NAME));
    rows.add(
        new MethodRewrite(
            "java/nio/file/TempFileHelper", "generatePath", ofPath, unique, OWN_NAME));
  }

  private static void addOrder(List<MethodRewrite> rows) {
    rows.add(order(SET_2, "toArray", "()[Ljava/lang/Object;", REVERSE));
    rows.add(order(SET_2, "toArray", "([Ljava/lang/Object;)[Ljava/lang/Object;", REVERSE));
    rows.add(order(SET_2, "forEach", "(Ljava/util/function/Consumer;)V", REVERSE));
    rows.add(order(SET_2 + "$1", "next", "()Ljava/lang/Object;", REVERSE));
    rows.add(order(SET_ITERATOR, "<init>", "(Ljava/util/ImmutableCollections$SetN;)V", SALT));
    rows.add(order(SET_ITERATOR, "next", "()Ljava/lang/Object;", REVERSE));
    rows.add(order(MAP_ITERATOR, "<init>", "(Ljava/util/ImmutableCollections$MapN;)V", SALT));
    rows.add(order(MAP_ITERATOR, "nextIndex", "()I", REVERSE));
  }

  private static MethodRewrite order(String type, String method, String descriptor, Edit edit) {
    return new MethodRewrite(type, method, descriptor, edit, SAME_ORDER);
  }
}
