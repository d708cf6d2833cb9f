package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Initialisers of classes between brackets. */
class ClassInitializersTest {

  /** Has an initialiser with a branch. */
  private static final class Branching {
    static final String TEXT;

    static {
      if (System.getProperty("java.home") == null) {
        TEXT = "none";
      } else {
        TEXT = "some";
      }
    }
  }

  /** Needs another class. */
  private static final class Needing {
    static final int LENGTH = Branching.TEXT.length();
  }

  private record Plain(int number) {}

  @Test
  void areFoundByTheirName() {
    assertThat(ClassInitializers.areMentioned(classFile(Branching.class))).isTrue();
    assertThat(ClassInitializers.areMentioned(classFile(Plain.class))).isFalse();
  }

  @Test
  void beginAndEndWithTheHooks() {
    byte[] wrapped = wrap(Branching.class);

    assertThat(ClassFile.of().verify(wrapped)).isEmpty();
    assertThat(hooksCalled(wrapped)).containsExactly("begin", "end", "end");
  }

  @Test
  void tellWhatTheyNeedIfTheyAreOfTheProgram() {
    byte[] wrapped = wrap(Needing.class, true);

    assertThat(ClassFile.of().verify(wrapped)).isEmpty();
    assertThat(hooksCalled(wrapped)).containsExactly("begin", "needs", "end", "end");
    assertThat(hooksCalled(wrap(Needing.class))).doesNotContain("needs");
    assertThat(hooksCalled(wrap(Branching.class, true))).doesNotContain("needs");
  }

  @Test
  void areNamedAsProgramsNameTheClass() {
    assertThat(new String(wrap(Branching.class), StandardCharsets.ISO_8859_1))
        .contains(Branching.class.getName());
  }

  @Test
  void areLeftAloneUntilThereIsALoop() {
    byte[] original = classFile(Branching.class);
    String name = Branching.class.getName().replace('.', '/');
    ClassLoader loader = Branching.class.getClassLoader();

    assertThat(
            new Transformer(_ -> {}, () -> false, new SeededProgram(), () -> null)
                .transform(null, loader, name, null, null, original))
        .isNull();
    assertThat(
            new Transformer(_ -> {}, () -> true, new SeededProgram(), () -> null)
                .transform(null, loader, name, null, null, original))
        .isNotNull();
  }

  private static byte[] wrap(Class<?> type) {
    return wrap(type, false);
  }

  private static byte[] wrap(Class<?> type, boolean isOfProgram) {
    return ClassInitializers.wrap(
        type.getClassLoader(), type.getName().replace('.', '/'), isOfProgram, classFile(type));
  }

  private static byte[] classFile(Class<?> type) {
    return JdkClass.read(type.getName().replace('.', '/'));
  }

  private static List<String> hooksCalled(byte[] classFile) {
    MethodModel initializer =
        ClassFile.of().parse(classFile).methods().stream()
            .filter(method -> method.methodName().equalsString("<clinit>"))
            .findAny()
            .orElseThrow();
    return initializer
        .code()
        .orElseThrow()
        .elementStream()
        .filter(InvokeInstruction.class::isInstance)
        .map(InvokeInstruction.class::cast)
        .filter(call -> call.owner().name().equalsString("java/lang/StandstillFirstUse"))
        .map(call -> call.name().stringValue())
        .toList();
  }
}
