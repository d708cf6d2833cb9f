package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which classes an initialiser needs. */
class InitializerNeedsTest {

  static class Base {}

  static class Sub extends Base {}

  static class ReadsAndCalls extends Sub {
    static final Random RANDOM = new Random();
    static final Object READ = Constants.OBJECT;
    static final int CALLED = Factory.make();
  }

  static class Constants {
    static final Object OBJECT = new Object();
    static final String INLINED = "the compiler copies it";
  }

  static class Factory {
    static int make() {
      return 1;
    }
  }

  static class ReadsAConstantOfTheCompiler {
    static final int LENGTH = Constants.INLINED.length();
  }

  static class CallsItself {
    static final CallsItself ONE = create();

    private final Object made;

    CallsItself() {
      made = new Sub();
    }

    private static CallsItself create() {
      return new CallsItself();
    }

    static Object neverCalled() {
      return new CallsItself().made == null ? Constants.OBJECT : Factory.make();
    }
  }

  static class HasASubclass {
    static final HasASubclass NONE = new Nothing();
  }

  static class Nothing extends HasASubclass {}

  static class HasParts {
    static final List<HasParts> PARTS = List.of(new HasParts() {}, new Part());

    private static final class Part extends HasParts {}
  }

  enum Constant {
    ONE {
      @Override
      int number() {
        return 1;
      }
    };

    abstract int number();
  }

  @Test
  void areItsSuperclassesAndWhatItReadsCallsAndMakes() {
    assertThat(needs(ReadsAndCalls.class))
        .containsExactly(
            "ReadsAndCalls Sub", "Sub Base", "ReadsAndCalls Constants", "ReadsAndCalls Factory");
  }

  @Test
  void areNotClassesOfWhichItHasCopiesOfConstants() {
    assertThat(needs(ReadsAConstantOfTheCompiler.class)).isEmpty();
  }

  @Test
  void areFoundInMethodsThatItCalls() {
    assertThat(needs(CallsItself.class)).containsExactly("CallsItself Sub", "Sub Base");
  }

  @Test
  void showSubclassesThatNeedTheClassItself() {
    assertThat(needs(HasASubclass.class))
        .containsExactly("HasASubclass Nothing", "Nothing HasASubclass");
  }

  @Test
  void areNotPartsOfTheClassThatNobodyElseReaches() {
    assertThat(needs(HasParts.class)).isEmpty();
    assertThat(needs(Constant.class)).isEmpty();
  }

  private static List<String> needs(Class<?> type) {
    byte[] classFile = JdkClass.read(type.getName().replace('.', '/'));
    String needs =
        InitializerNeeds.of(
            ClassFile.of().parse(classFile), name -> new ByteArrayInputStream(JdkClass.read(name)));
    return needs.replace(InitializerNeedsTest.class.getName() + "$", "").lines().toList();
  }
}
