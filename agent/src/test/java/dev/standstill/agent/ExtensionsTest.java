package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one method of JUnit that is rewritten, held against the JUnit that runs the tests. */
class ExtensionsTest {

  private static final MethodRewrite ROW = Extensions.REWRITE;

  @Test
  void findsItsPlaceInThisJUnit() {
    ClassRewrite rewrite = new ClassRewrite(JdkClass.read(ROW.type()), List.of(ROW));
    byte[] rewritten = rewrite.apply();

    assertThat(rewrite.missing()).isEmpty();
    assertThat(ClassFile.of().verify(rewritten)).isEmpty();
    assertThat(JdkClass.methodsThatDiffer(JdkClass.read(ROW.type()), rewritten))
        .containsExactly(ROW.method() + ROW.descriptor());
  }

  @Test
  void loopsDoWithoutWhatIsMissingInJUnit() throws Exception {
    byte[] without = JdkClass.withoutMethod(ROW.type(), ROW.method());
    Transformer transformer =
        new Transformer(
            problem -> {
              throw new AssertionError(problem);
            },
            () -> false,
            new SeededProgram(),
            () -> null);

    byte[] rewritten =
        transformer.transform(
            null, ClassLoader.getSystemClassLoader(), ROW.type(), null, null, without);

    assertThat(rewritten)
        .satisfiesAnyOf(
            same -> assertThat(same).isNull(), same -> assertThat(same).isEqualTo(without));
  }
}
