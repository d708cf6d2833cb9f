package dev.standstill.agent;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
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

  static final String INITIALIZER = "<clinit>";
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
   * @param isOfProgram whether to tell, too, which other classes the initialiser needs
   * @return the new class file, or null if one of those types cannot be found
   */
  static byte @Nullable [] wrap(
      @Nullable ClassLoader loader, String type, boolean isOfProgram, byte[] original) {
    ClassFile classFile = classFileOf(loader);
    Predicate<MethodModel> isInitializer = method -> method.methodName().equalsString(INITIALIZER);
    try {
      ClassModel model = classFile.parse(original);
      String needs = isOfProgram ? InitializerNeeds.of(model, name -> resource(loader, name)) : "";
      ClassTransform wrapping =
          ClassTransform.transformingMethodBodies(
              isInitializer, Brackets.ofInitializer(type.replace('/', '.'), needs));
      return classFile.transformClass(model, wrapping);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What finds the class files of the types that the classes of a loader use. */
  static ClassFile classFileOf(@Nullable ClassLoader loader) {
    return ClassFile.of(
        ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(resources(loader))));
  }

  private static Function<ClassDesc, @Nullable InputStream> resources(
      @Nullable ClassLoader loader) {
    return type -> {
      String descriptor = type.descriptorString();
      return resource(loader, descriptor.substring(1, descriptor.length() - 1));
    };
  }

  private static @Nullable InputStream resource(@Nullable ClassLoader loader, String type) {
    String resource = type + ".class";
    return loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource);
  }
}
