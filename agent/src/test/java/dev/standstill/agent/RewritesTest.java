package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of rewritten methods, held against the JDK that runs the tests. */
class RewritesTest {

  static final List<String> TYPES = Rewrites.TYPES;
  static final List<MethodRewrite> TABLE = Rewrites.TABLE;

  static final List<MethodRewrite> ROWS_ABOUT_INSTRUCTIONS =
      TABLE.stream().filter(row -> !row.edit().missing().endsWith("exist")).toList();

  private static final ClassFile CLASS_FILE = ClassFile.of();

  @Test
  void namesTheClassesOfAllRows() {
    assertThat(new HashSet<>(TYPES))
        .isEqualTo(new HashSet<>(TABLE.stream().map(MethodRewrite::type).toList()));
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void findsAllItsPlacesInThisJdk(String type) {
    ClassRewrite rewrite = new ClassRewrite(JdkClass.read(type), Rewrites.of(type));
    rewrite.apply();
    assertThat(rewrite.missing()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void leavesClassesThatTheVerifierAccepts(String type) {
    byte[] rewritten = new ClassRewrite(JdkClass.read(type), Rewrites.of(type)).apply();
    assertThat(CLASS_FILE.verify(rewritten)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void changesNothingButTheMethodOfTheRow(MethodRewrite row) {
    byte[] original = JdkClass.read(row.type());
    byte[] rewritten = new ClassRewrite(original, List.of(row)).apply();
    assertThat(JdkClass.methodsThatDiffer(original, rewritten))
        .containsExactly(row.method() + row.descriptor());
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void saysWhichMethodThisJdkLacks(MethodRewrite row) {
    byte[] without = JdkClass.withoutMethod(row.type(), row.method());
    assertThat(problems(row.type(), without))
        .anySatisfy(sentence ->
            assertThat(sentence)
                .startsWith("On JDK " + Runtime.version() + ", ")
                .contains(row.type().replace('/', '.') + "." + row.method())
                .contains(row.why())
                .endsWith("or use a newer Standstill."));
  }

  @ParameterizedTest
  @FieldSource("ROWS_ABOUT_INSTRUCTIONS")
  void saysWhatTheMethodOfThisJdkDoesNotDo(MethodRewrite row) {
    byte[] emptied =
        CLASS_FILE.transformClass(
            CLASS_FILE.parse(JdkClass.read(row.type())),
            (builder, element) -> {
              if (element instanceof MethodModel method
                  && method.methodName().equalsString(row.method())) {
                builder.withMethodBody(
                    method.methodName(),
                    method.methodType(),
                    method.flags().flagsMask(),
                    code -> code.aconst_null().athrow());
              } else {
                builder.with(element);
              }
            });
    assertThat(problems(row.type(), emptied))
        .anySatisfy(sentence -> assertThat(sentence).contains(row.edit().missing()));
  }

  @Test
  void saysThatAClassIsNotUnderstood() {
    assertThat(problems("java/lang/Runtime", new byte[] {1, 2, 3, 4}))
        .singleElement()
        .asString()
        .contains("java.lang.Runtime cannot be rewritten");
  }

  private static List<String> problems(String type, byte[] bytes) {
    List<String> problems = new ArrayList<>();
    new Transformer(problems::add, () -> false, new SeededProgram(), () -> null)
        .transform(null, null, type, null, null, bytes);
    return problems;
  }
}
