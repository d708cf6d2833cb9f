package dev.standstill.explore.programs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** The same with what later releases have brought. */
public final class NewShapes {

  private static final VarHandle NUMBER = handle("number", int.class);
  private static final VarHandle WIDE = handle("wide", long.class);
  private static final VarHandle WORD = handle("word", String.class);
  private static final VarHandle LETTERS = MethodHandles.arrayElementVarHandle(char[].class);

  private final List<String> log = new ArrayList<>();
  private volatile int number;
  private volatile long wide;
  private volatile String word;

  private NewShapes() {}

  private static VarHandle handle(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(NewShapes.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Runs all, in one thread, and returns what they have logged. */
  public static List<String> run() throws Exception {
    NewShapes shapes = new NewShapes();
    shapes.handles();
    shapes.patterns();
    shapes.constructors();
    shapes.closures();
    return shapes.log;
  }

  private void handles() {
    char[] letters = "abc".toCharArray();
    int before = (int) NUMBER.getAndAdd(this, 3);
    boolean swapped = NUMBER.compareAndSet(this, 3, 4);
    long wideBefore = (long) WIDE.getAndSet(this, 1L << 40);
    WIDE.setVolatile(this, (long) WIDE.getVolatile(this) + 1);
    String none = (String) WORD.compareAndExchange(this, (String) null, "w");
    char letter = (char) LETTERS.getAndSet(letters, 1, 'x');
    LETTERS.setRelease(letters, 2, letter);
    Object boxed = NUMBER.get(this);
    log.add(before + " " + swapped + " " + wideBefore + " " + wide + " " + none + word + boxed);
    log.add(new String(letters));
    try {
      WORD.set(this, (Object) 1);
    } catch (ClassCastException e) {
      log.add("no word");
    }
  }

  private sealed interface Shape permits Square, Circle {}

  private record Square(double side) implements Shape {
    Square {
      if (side < 0) {
        throw new IllegalArgumentException("negative");
      }
    }
  }

  private record Circle(AtomicReference<Double> radius) implements Shape {
    synchronized double size() {
      return radius.getAndUpdate(old -> old + 1);
    }
  }

  private static String describe(Object object) {
    return switch (object) {
      case Square(double side) when side > 1 -> "large " + side;
      case Square square -> square.toString();
      case Circle circle -> circle.size() + " " + circle.radius().get();
      case String text when text.length() > 3 -> text.formatted(1, 2L);
      case null -> "null";
      default -> object.getClass().getSimpleName();
    };
  }

  private void patterns() {
    log.add(describe(new Square(2)) + describe(new Square(1)) + describe(null) + describe(1));
    log.add(describe(new Circle(new AtomicReference<>(1.5))) + describe("%s %s"));
    log.add(new Square(1).equals(new Square(1)) + " " + new Square(3).hashCode());
    try {
      log.add(describe(new Square(-1)));
    } catch (IllegalArgumentException e) {
      log.add(e.getMessage());
    }
  }

  private static class Base {
    final int size;

    Base(int size) {
      this.size = size;
      begun();
    }

    void begun() {}
  }

  private static final class Checked extends Base {
    private final String name;
    private volatile int begun;

    /** Fields are written, and much is done, before the superclass has its turn. */
    Checked(String name, AtomicReference<String> last) {
      String before = last.getAndSet(name);
      if (name.isEmpty()) {
        throw new IllegalArgumentException("after " + before);
      }
      int size = 0;
      for (String part : name.split(" ")) {
        size += new Base(part.length()).size;
      }
      this.name = name + size;
      super(size);
    }

    @Override
    synchronized void begun() {
      begun += name.length();
    }
  }

  private void constructors() {
    AtomicReference<String> last = new AtomicReference<>("none");
    Checked checked = new Checked("a bc", last);
    log.add(checked.name + checked.size + checked.begun + last);
    try {
      log.add(new Checked("", last).name);
    } catch (IllegalArgumentException e) {
      log.add(e.getMessage());
    }
  }

  private interface Closed extends AutoCloseable {
    @Override
    void close();
  }

  private <T extends Closed & Callable<String>> void use(T resource) throws Exception {
    try (resource) {
      log.add(resource.call());
    }
  }

  private void closures() throws Exception {
    class Resource implements Closed, Callable<String> {
      @Override
      public synchronized String call() {
        return "called by " + log.size() / 1000 + number;
      }

      @Override
      public void close() {
        synchronized (log) {
          log.add("closed " + Thread.holdsLock(this));
        }
      }
    }

    use(new Resource());
    Callable<Callable<String>> nested =
        () ->
            () -> {
              synchronized (this) {
                return "nested " + ++number;
              }
            };
    log.add(nested.call().call());
  }
}
