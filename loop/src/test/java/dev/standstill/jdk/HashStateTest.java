package dev.standstill.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generator of identity hash codes, found in the JVM that runs the tests. */
class HashStateTest {

  private static final int DRAWS = 100;

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForTestLoops();
  }

  @Test
  void theSameStartGivesTheSameHashCodes() {
    List<Integer> first = drawFrom(7);

    assertThat(drawFrom(7)).isEqualTo(first);
    assertThat(drawFrom(8)).isNotEqualTo(first);
  }

  @Test
  void aStepBackHasTheLastHashCodeDrawnOnceMore() {
    Thread carrier = Thread.currentThread();
    HashState.start(carrier, 1, 2);
    for (int i = 0; i < DRAWS; i++) {
      int drawn = System.identityHashCode(new Object());
      HashState.stepBack(carrier);
      int again = System.identityHashCode(new Object());
      assertThat(again).isEqualTo(drawn);
    }
  }

  @Test
  void whatWasDrawnOrWillBeIsNear() {
    Thread carrier = Thread.currentThread();
    int drawn = drawFrom(7).getFirst();
    HashState.start(carrier, 7, 7);
    assertThat(HashState.isNear(carrier, drawn)).isTrue();
    HashState.start(carrier, 8, 8);
    assertThat(HashState.isNear(carrier, drawn)).isFalse();
  }

  private static List<Integer> drawFrom(long start) {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      objects.add(new Object());
    }
    int[] drawn = new int[DRAWS];
    HashState.start(Thread.currentThread(), start, start);
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] = System.identityHashCode(objects.get(i));
    }
    return Arrays.stream(drawn).boxed().toList();
  }
}
