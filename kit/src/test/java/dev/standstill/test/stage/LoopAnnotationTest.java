package dev.standstill.test.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.test.Leaks;
import org.junit.jupiter.api.Test;

/** What holds for a test of what annotations say. */
class LoopAnnotationTest {

  private static LoopAnnotation annotation(boolean ofClass, int seeds) {
    return new LoopAnnotation(
        ofClass, "", "", "", seeds, false, "", Leaks.FAIL, false, TimelineWish.AUTO);
  }

  @Test
  void thatOfTheMethodCountsAsAWhole() {
    LoopAnnotation onMethod = annotation(false, 0);

    assertThat(LoopAnnotation.ofTest(onMethod, annotation(true, 10), "test"))
        .containsSame(onMethod);
  }

  @Test
  void thatOfTheClassCountsWhereTheMethodHasNone() {
    LoopAnnotation onClass = annotation(true, 0);

    assertThat(LoopAnnotation.ofTest(null, onClass, "test")).containsSame(onClass);
    assertThat(LoopAnnotation.ofTest(null, null, "test")).isEmpty();
  }

  @Test
  void oneMethodCannotHaveTheLoopOfItsClass() {
    assertThatThrownBy(() -> LoopAnnotation.ofTest(annotation(true, 0), null, "ShopTest.sells"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ShopTest.sells cannot have the loop of its class for itself: put @OnLoop(scope ="
                + " OnLoop.Scope.CLASS) on the class.");
  }

  @Test
  void seedsNeedALoopForEachTest() {
    LoopAnnotation one = annotation(true, 0);
    LoopAnnotation seeded = annotation(true, 3);

    assertThat(one.forTestsOf(String.class)).isSameAs(one);
    assertThatThrownBy(() -> seeded.forTestsOf(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("java.lang.String has one loop for all its tests");
  }
}
