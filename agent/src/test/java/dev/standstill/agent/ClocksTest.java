package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which classes have their clock reads sent to the hooks, and which are left alone. */
class ClocksTest {

  private final List<String> problems = new ArrayList<>();
  private final Transformer transformer =
      new Transformer(problems::add, () -> false, new SeededProgram(), () -> null);

  @Test
  void redirectsCalls() {
    assertThat(callsOf(transform("probe/Calls", Calls.class)))
        .contains(
            "java/lang/StandstillHooks.nanoTime", "java/lang/StandstillHooks.currentTimeMillis")
        .doesNotContain("java/lang/System.nanoTime", "java/lang/System.currentTimeMillis");
  }

  @Test
  void redirectsMethodReferences() {
    assertThat(callsOf(transform("probe/References", References.class)))
        .contains("java/lang/StandstillHooks.nanoTime")
        .doesNotContain("java/lang/System.nanoTime");
  }

  @Test
  void leavesClassesThatTheVerifierAccepts() {
    assertThat(ClassFile.of().verify(transform("probe/Calls", Calls.class))).isEmpty();
  }

  @Test
  void leavesAClassWithoutClocksAlone() {
    assertThat(transform("probe/Unrelated", Unrelated.class)).isNull();
  }

  @Test
  void leavesAClassAloneThatOnlyUsesTheName() {
    assertThat(transform("probe/SameName", SameName.class)).isNull();
  }

  @Test
  void leavesTheClassesAloneThatTheHooksRelyOn() {
    assertThat(transform("dev/standstill/jdk/Calls", Calls.class)).isNull();
    assertThat(transform("sun/rmi/Calls", Calls.class)).isNull();
  }

  @Test
  void redirectsCallsInTheRestOfStandstill() {
    assertThat(transform("dev/standstill/EventLoop", Calls.class)).isNotNull();
  }

  @Test
  void redirectsCallsInAClassWithoutAName() {
    assertThat(transform(null, Calls.class)).isNotNull();
  }

  @Test
  void saysThatAClassHasNoRoomForTheChange() {
    byte[] full = withFullConstantPool();
    assertThat(transformer.transform(null, getClass().getClassLoader(), "Full", null, null, full))
        .isNull();
    assertThat(problems).singleElement().asString().contains("Full", "constant pool is full");
  }

  @Test
  void knowsEveryClassOfJavaBaseThatReadsAClock() throws IOException {
    Set<String> readers = new TreeSet<>();
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(ClocksTest::isClass).toList()) {
        String type = root.relativize(file).toString().replace(".class", "");
        if (transformClocks(type, Files.readAllBytes(file))) {
          readers.add(type);
        }
      }
    }
    assertThat(readers).isEqualTo(new TreeSet<>(Clocks.CALLERS_IN_JAVA_BASE));
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class");
  }

  private static boolean transformClocks(String type, byte[] bytes) {
    return Clocks.areMentioned(bytes)
        && !Clocks.isRealTime(type)
        && Clocks.redirect(type, bytes) != null;
  }

  private byte[] transform(String name, Class<?> type) {
    byte[] original = JdkClass.read(type.getName().replace('.', '/'));
    return transformer.transform(null, getClass().getClassLoader(), name, null, null, original);
  }

  private static Set<String> callsOf(byte[] classFile) {
    Set<String> calls = new TreeSet<>();
    ClassFile.of()
        .parse(classFile)
        .constantPool()
        .forEach(entry -> {
          if (entry instanceof MethodRefEntry method) {
            calls.add(method.owner().asInternalName() + "." + method.name().stringValue());
          }
        });
    return calls;
  }

  /** The class {@link Calls} with texts added until its constant pool has no room left. */
  private static byte[] withFullConstantPool() {
    ClassFile classFile = ClassFile.of();
    return classFile.transformClass(
        classFile.parse(JdkClass.read(Calls.class.getName().replace('.', '/'))),
        (builder, element) -> {
          builder.with(element);
          for (int i = 0; builder.constantPool().size() < 0xFFFF; i++) {
            builder.constantPool().utf8Entry("filler " + i);
          }
        });
  }

  static final class Calls {
    private Calls() {}

    static long sum() {
      long sum = 5_000_000_000L;
      for (int i = 0; i < 2; i++) {
        sum += i == 0 ? System.nanoTime() : System.currentTimeMillis();
      }
      return sum;
    }
  }

  static final class References {
    private References() {}

    static LongSupplier nanoTime() {
      return System::nanoTime;
    }
  }

  static final class Unrelated {
    private Unrelated() {}

    static int sum() {
      return 1 + 1;
    }
  }

  static final class SameName {
    private SameName() {}

    static long nanoTime() {
      return 1;
    }

    static long twice() {
      return 2 * nanoTime();
    }
  }
}
