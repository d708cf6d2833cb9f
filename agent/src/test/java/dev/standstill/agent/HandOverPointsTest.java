package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.agent.programs.Locks;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a class of a program lets others run first under a seed. */
class HandOverPointsTest {

  private static final String HERE = "*";

  @Test
  void areBeforeABlockAndBehindWhatItsHandlerGuards() {
    assertThat(calls(Locks.Blocks.class))
        .containsExactly(HERE, "monitorenter", "monitorexit", HERE, "monitorexit", HERE);
  }

  @Test
  void areAroundSynchronizedMethodsThatAreCalled() {
    assertThat(calls(Locks.Calling.class))
        .containsExactly(HERE, "together", HERE, "unguarded", HERE, "alone", HERE);
  }

  @Test
  void areAtTheLocksOfTheJdk() {
    assertThat(calls(Locks.Locking.class))
        .containsExactly(
            "readLock",
            HERE,
            "lock",
            HERE,
            "acquire",
            "release",
            HERE,
            "readLock",
            "unlock",
            HERE,
            "notifyAll",
            HERE);
  }

  @Test
  void areAtLocksThatTheProgramDerives() {
    assertThat(calls(Locks.Deriving.class)).containsExactly("writeLock", HERE, "lock");
  }

  @Test
  void areNotInInitialisers() {
    assertThat(points(Locks.Initialised.class).add()).isNull();
  }

  @Test
  void areNotInClassesThatHaveNoLocks() {
    assertThat(points(Locks.Plain.class).exist()).isFalse();
    assertThat(points(Locks.Plain.class).add()).isNull();
    assertThat(points(Locks.Methods.class).exist()).isFalse();
  }

  /** What is called, and monitors, in the order of the code, but for constructors. */
  private static List<String> calls(Class<?> type) {
    byte[] changed = points(type).add();
    assertThat(points(type).exist()).isTrue();
    assertThat(changed).isNotNull();
    assertThat(ClassFile.of().verify(changed)).isEmpty();
    List<String> calls = new ArrayList<>();
    ClassFile.of().parse(changed).methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .map(HandOverPointsTest::call)
        .filter(call -> call != null)
        .forEach(calls::add);
    return calls;
  }

  private static @Nullable String call(CodeElement element) {
    return switch (element) {
      case MonitorInstruction monitor ->
          monitor.opcode() == Opcode.MONITORENTER ? "monitorenter" : "monitorexit";
      case InvokeInstruction call when call.name().equalsString("atHandOver") -> HERE;
      case InvokeInstruction call when call.name().equalsString("<init>") -> null;
      case InvokeInstruction call -> call.name().stringValue();
      default -> null;
    };
  }

  private static HandOverPoints points(Class<?> type) {
    return new HandOverPoints(
        new LockCalls(type.getClassLoader()), JdkClass.read(type.getName().replace('.', '/')));
  }
}
