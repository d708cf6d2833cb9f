package dev.standstill.probe;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What the JVM and the JDK do only once: load and initialise classes, link lambdas, records,
 * switches and the concatenation of strings, make proxies and accessors for reflection, fill
 * caches.
 */
final class FirstUses {

  /** Draws what a program would, on its way. */
  private static final class Greedy {
    static final int HASH = new Object().hashCode();
    static final long NUMBER = new Random().nextLong();
    static final UUID ID = UUID.randomUUID();
    static final Thread THREAD = new Thread(() -> {});

    static String all() {
      return HASH + " " + NUMBER + " " + ID + " " + THREAD.isAlive();
    }
  }

  private enum Colour {
    RED,
    GREEN,
    BLUE
  }

  private sealed interface Shape permits Circle, Square {}

  private record Circle(int radius) implements Shape {}

  private record Square(int side) implements Shape {}

  private FirstUses() {}

  /** Describes all of it. */
  static String all(int number) throws Exception {
    return String.join(
        "\n",
        "draws " + draw(),
        Greedy.all() + " " + draw(),
        lambda(number) + " " + draw(),
        shape(number % 2 == 0 ? new Circle(number) : new Square(number)) + " " + draw(),
        keys() + " " + draw(),
        reflection(number) + " " + draw(),
        text(number) + " " + draw(),
        digest() + " " + draw());
  }

  private static int draw() {
    return new Object().hashCode();
  }

  private static int lambda(int number) {
    IntUnaryOperator addsNumber = i -> i + number;
    IntUnaryOperator absolute = Math::abs;
    return addsNumber.andThen(absolute).applyAsInt(1);
  }

  private static String shape(Shape shape) {
    return switch (shape) {
      case Circle(int radius) -> "circle " + radius + shape.hashCode();
      case Square square -> square.toString();
    };
  }

  private static String keys() {
    Map<Object, Integer> map = new HashMap<>();
    for (Colour colour : Colour.values()) {
      map.put(colour, colour.ordinal());
    }
    map.put(Greedy.class, 10);
    map.put(Circle.class, 11);
    map.put(CRC32.class, 12);
    map.put(FirstUses.class, 13);
    return map.values().toString();
  }

  private static String reflection(int number) throws Exception {
    Object proxy =
        Proxy.newProxyInstance(
            FirstUses.class.getClassLoader(),
            new Class<?>[] {IntUnaryOperator.class},
            (self, method, arguments) -> number);
    Object lambda = FirstUses.class.getDeclaredMethod("lambda", int.class).invoke(null, number);
    Object handle =
        MethodHandles.lookup()
            .unreflect(FirstUses.class.getDeclaredMethod("lambda", int.class))
            .type();
    return "%d %s %s".formatted(((IntUnaryOperator) proxy).applyAsInt(1), lambda, handle);
  }

  private static String text(int number) {
    return String.format("%5.2f ", number / 3.0)
        + DateTimeFormatter.ofPattern("EEE d MMM yyyy").format(LocalDate.EPOCH.plusDays(number))
        + Pattern.compile("[a-c]+(x|y)*").matcher("abcx").matches();
  }

  private static String digest() throws Exception {
    return MessageDigest.getInstance("SHA-256").getAlgorithm();
  }
}
