package dev.standstill.agent;

import java.io.InputStream;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import org.jspecify.annotations.Nullable;

/** Class files of {@code java.base}, read without loading a class. */
final class JdkClasses {

  private JdkClasses() {}

  /**
   * Returns the option to compute stack maps with. Only classes of {@code java.base} are written
   * with it, so only their super types are ever asked for.
   */
  static ClassHierarchyResolverOption hierarchy() {
    return ClassHierarchyResolverOption.of(
        ClassHierarchyResolver.ofResourceParsing(JdkClasses::open).cached());
  }

  private static @Nullable InputStream open(ClassDesc type) {
    String descriptor = type.descriptorString();
    return Object.class.getResourceAsStream(
        "/" + descriptor.substring(1, descriptor.length() - 1) + ".class");
  }
}
