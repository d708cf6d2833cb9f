package dev.standstill.agent;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the initialisers of classes between brackets, so that the first run of a program in a JVM,
 * which initialises them, draws the same random numbers as those after it.
 */
final class ClassInitializers {

  private static final String INITIALIZER = "<clinit>";
  private static final byte[][] NAMES = {INITIALIZER.getBytes(StandardCharsets.US_ASCII)};

  private ClassInitializers() {}

  /** Returns whether a class file may have an initialiser. */
  static boolean areMentioned(byte[] classFile) {
    return ConstantPool.mentions(classFile, NAMES);
  }

  /**
   * Puts the initialiser of a class between brackets.
   *
   * @param loader finds the class files of the types of which the verifier has to be told
   * @return the new class file, or null if one of those types cannot be found
   */
  static byte @Nullable [] wrap(@Nullable ClassLoader loader, String type, byte[] original) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(resources(loader))));
    Predicate<MethodModel> isInitializer = method -> method.methodName().equalsString(INITIALIZER);
    ClassTransform wrapping =
        ClassTransform.transformingMethodBodies(
            isInitializer,
            new Brackets(Hook.ofFirstUse("begin"), Hook.ofFirstUse("end"), type.replace('/', '.')));
    try {
      return classFile.transformClass(classFile.parse(original), wrapping);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Function<ClassDesc, @Nullable InputStream> resources(
      @Nullable ClassLoader loader) {
    return type -> {
      String descriptor = type.descriptorString();
      String resource = descriptor.substring(1, descriptor.length() - 1) + ".class";
      return loader == null
          ? ClassLoader.getSystemResourceAsStream(resource)
          : loader.getResourceAsStream(resource);
    };
  }
}
