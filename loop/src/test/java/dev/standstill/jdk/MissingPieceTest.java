package dev.standstill.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user of a JDK sees that lacks one of the pieces that loops rely on. */
class MissingPieceTest {

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForTestLoops();
  }

  @Test
  void isNoneInThisJdk() {
    assertThatCode(() -> JdkCheck.checkLoops(piece -> true)).doesNotThrowAnyException();
    assertThatCode(() -> JdkCheck.checkTestLoops(piece -> true)).doesNotThrowAnyException();
    assertThatCode(() -> JdkCheck.checkSignals(piece -> true)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void isNamedInOneSentenceWithTheJdkAndTheWayOut(Piece missing) {
    assertThatThrownBy(() -> checkAllWithout(missing))
        .isInstanceOf(UnsupportedJdkException.class)
        .hasMessage(
            "This JDK (%s, %s) has no %s in %s, on which Standstill relies: use JDK 25, or a"
                + " Standstill made for this JDK.",
            System.getProperty("java.vendor.version"),
            Runtime.version(),
            missing.member(),
            missing.className());
  }

  private static void checkAllWithout(Piece missing) {
    JdkCheck.checkLoops(piece -> piece != missing);
    JdkCheck.checkTestLoops(piece -> piece != missing);
    JdkCheck.checkSignals(piece -> piece != missing);
  }

  @Test
  void isNoneThatNobodyLooksFor() {
    Set<Piece> askedFor = EnumSet.noneOf(Piece.class);
    JdkCheck.checkLoops(askedFor::add);
    Set<Piece> ofLoops = EnumSet.copyOf(askedFor);
    JdkCheck.checkTestLoops(piece -> askedFor.add(piece) || true);
    JdkCheck.checkSignals(piece -> askedFor.add(piece) || true);
    assertThat(askedFor).isEqualTo(EnumSet.allOf(Piece.class));
    assertThat(ofLoops).allMatch(piece -> piece.className().startsWith("java.lang."));
  }

  @Test
  void isAnErrorOfItsOwnWhenTheAgentCannotRewriteTheJdk() {
    assertThat(UnsupportedJdkException.agent("java.lang.Object has no method wait0"))
        .hasMessageStartingWith("Standstill's agent cannot virtualise time on this JDK (")
        .hasMessageEndingWith("): java.lang.Object has no method wait0");
  }

  @Test
  void isToldApartFromAPackageThatIsClosed() {
    IllegalAccessException cause = new IllegalAccessException("closed");
    assertThat(UnsupportedJdkException.closed(Piece.BUILDER, cause))
        .hasCause(cause)
        .hasMessageMatching(
            "java\\.base/java\\.lang is closed to Standstill in this JVM \\(.+\\): start it with"
                + " -javaagent:standstill-agent\\.jar, or, for production loops only, with"
                + " --add-opens java\\.base/java\\.lang=ALL-UNNAMED\\.");
    assertThat(catchThrowable(() -> JdkCheck.checkLoops(piece -> false)))
        .hasMessageContaining(" has no ");
  }
}
