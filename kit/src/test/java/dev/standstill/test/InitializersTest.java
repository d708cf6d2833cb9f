package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/**
 * Class initialisers that could wait for each other are told of, whichever came first. A class is
 * initialised once in a JVM, so each test has classes of its own.
 */
class InitializersTest {

  static class Shape {
    static final Shape NOTHING = new Circle();
  }

  static class Circle extends Shape {
    static final int SIDES = sides();

    private static int sides() {
      return 1;
    }
  }

  static class Animal {
    static final Animal NONE = new Cat();
  }

  static class Cat extends Animal {
    static final Object LEGS = new Object();
  }

  static class Left {
    static final Object OBJECT = Helper.right();
  }

  static class Helper {
    static Object right() {
      return Right.OBJECT;
    }
  }

  static class Right {
    static final Object OBJECT = new Object();
    static final boolean IS_THERE = Left.OBJECT != null;
  }

  static class Outer {
    static final Outer HIDDEN = new Inner();

    private static final class Inner extends Outer {
      static final Object MADE = new Object();
    }
  }

  enum Operation {
    PLUS {
      @Override
      int of(int a, int b) {
        return a + b;
      }
    };

    abstract int of(int a, int b);
  }

  static class First {
    static final Object OBJECT = new Object();
  }

  static class Second {
    static final Object OBJECT = First.OBJECT;
  }

  @Test
  void aSuperclassThatMakesItsSubclassIsWarnedOf() {
    assertThat(warnings(() -> assertThat(Shape.NOTHING).isNotNull()))
        .contains(name(Shape.class) + " needs " + name(Circle.class))
        .contains(name(Circle.class) + " needs " + name(Shape.class));
  }

  @Test
  void soItIsWhenTheSubclassComesFirst() {
    assertThat(warnings(() -> assertThat(Cat.LEGS).isNotNull()))
        .contains(name(Animal.class) + " needs " + name(Cat.class))
        .contains(name(Cat.class) + " needs " + name(Animal.class));
  }

  @Test
  void oneThatIsNeededThroughOthersIsWarnedOf() {
    assertThat(warnings(() -> assertThat(Left.OBJECT).isNotNull()))
        .contains(name(Left.class) + " needs " + name(Right.class))
        .contains(name(Right.class) + " needs " + name(Left.class));
  }

  @Test
  void whatNoOtherThreadCanReachIsNotWarnedOf() {
    assertThat(warnings(() -> assertThat(Outer.HIDDEN).isNotNull())).isEmpty();
    assertThat(warnings(() -> assertThat(Operation.PLUS.of(1, 1)).isEqualTo(2))).isEmpty();
  }

  @Test
  void whatNeedsAnotherOneWayIsNotWarnedOf() {
    assertThat(warnings(() -> assertThat(Second.OBJECT).isNotNull())).isEmpty();
  }

  /** What is logged while a task runs {@code use}. */
  private static String warnings(ThrowingRunnable use) {
    try (CapturedLog log = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      loop.run(use);
      return String.join("\n", log.messages());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Class<?> type) {
    return type.getName();
  }
}
