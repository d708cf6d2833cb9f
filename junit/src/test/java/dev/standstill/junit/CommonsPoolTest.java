package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Leaks;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.pool2.impl.TestGenericObjectPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The tests of Apache Commons Pool, as they were published, run on loops. */
@Tag("slow")
class CommonsPoolTest {

  /** Classes and methods that cannot, and why. */
  private static final Map<String, String> NOT_ON_LOOPS =
      Map.of(
          "TestSoftRefOutOfMemory",
          "fills the heap until the JVM collects soft references, for longer than the limit of real time",
          "TestBaseObjectPool",
          "is there to be extended, and fails in each subclass that does not override its methods",
          "testPrintFilledStackTrace",
          "looks for the name of its class in a stack, and the subclass that runs here has another");

  /** Eight tests leave threads that sleep, which JUnit without loops does not see. */
  private static final Annotation ON_LOOP =
      Annotation.of(
          ClassDesc.of(LoopTest.class.getName()),
          AnnotationElement.of(
              "leaks",
              AnnotationValue.ofEnum(ClassDesc.of(Leaks.class.getName()), Leaks.IGNORE.name())));

  private static final Annotation METERED =
      Annotation.of(
          ClassDesc.of(ExtendWith.class.getName()),
          AnnotationElement.of(
              "value",
              AnnotationValue.ofArray(
                  AnnotationValue.ofClass(ClassDesc.of(Meter.class.getName())))));

  private static final AtomicLong VIRTUAL_NANOS = new AtomicLong();

  @Test
  void runsOnLoops() throws Exception {
    long began = System.nanoTime();
    EngineExecutionResults results = Runs.of(onLoops());
    Duration real = Duration.ofNanos(System.nanoTime() - began);

    System.out.printf(
        "commons-pool2: %d tests, real %d s, virtual %d s; not run on loops: %s%n",
        results.testEvents().succeeded().count(),
        real.toSeconds(),
        Duration.ofNanos(VIRTUAL_NANOS.get()).toSeconds(),
        NOT_ON_LOOPS);
    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isGreaterThan(325);
  }

  private static List<String> failures(EngineExecutionResults results) {
    return results
        .allEvents()
        .finished()
        .filter(
            event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable().isPresent())
        .map(event ->
            event.getTestDescriptor().getUniqueId()
                + ": "
                + event.getRequiredPayload(TestExecutionResult.class).getThrowable().get())
        .filter(failure -> NOT_ON_LOOPS.keySet().stream().noneMatch(failure::contains))
        .toList();
  }

  /** A subclass of each published class of tests. */
  private static Class<?>[] onLoops() throws IOException {
    try (JarFile jar = new JarFile(jarOf(TestGenericObjectPool.class))) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.matches(".*/(Test\\w+|\\w+Test)\\.class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .filter(name -> !NOT_ON_LOOPS.containsKey(name.replaceAll(".*\\.", "")))
          .map(CommonsPoolTest::load)
          .filter(type -> hasTests(type))
          .map(CommonsPoolTest::onLoop)
          .toArray(Class<?>[]::new);
    }
  }

  private static File jarOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  private static boolean hasTests(Class<?> type) {
    int modifiers = type.getModifiers();
    return Modifier.isPublic(modifiers)
        && !Modifier.isAbstract(modifiers)
        && !Modifier.isFinal(modifiers)
        && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0)
        && Stream.of(type.getMethods())
            .anyMatch(method ->
                Stream.of(method.getAnnotations())
                    .anyMatch(annotation ->
                        annotation.annotationType().getName().startsWith("org.junit.jupiter")));
  }

  /** Makes a class that differs from the one it extends by {@code @LoopTest} alone. */
  private static Class<?> onLoop(Class<?> tests) {
    ClassDesc parent = ClassDesc.of(tests.getName());
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(tests.getName() + "OnLoop"),
                type ->
                    type.withFlags(AccessFlag.PUBLIC, AccessFlag.SUPER)
                        .withSuperclass(parent)
                        .with(RuntimeVisibleAnnotationsAttribute.of(ON_LOOP, METERED))
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            ClassFile.ACC_PUBLIC,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        parent, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                    .return_()));
    try {
      return MethodHandles.privateLookupIn(tests, MethodHandles.lookup()).defineClass(bytes);
    } catch (IllegalAccessException e) {
      throw new LinkageError(tests.getName(), e);
    }
  }

  /** Runs on the loop of each test, and adds up how far its time has moved. */
  public static final class Meter implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
      VIRTUAL_NANOS.addAndGet(-System.nanoTime());
    }

    @Override
    public void afterEach(ExtensionContext context) {
      VIRTUAL_NANOS.addAndGet(System.nanoTime());
    }
  }
}
