package dev.standstill.explore.program;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class files that a class loader sees, read without loading a class. Confined to one thread.
 */
final class ClassFiles {

  private final ClassLoader loader;
  private final Map<String, Map<String, AccessFlags>> fields = new HashMap<>();
  private final Map<String, Set<String>> synchronizedMethods = new HashMap<>();
  private final Map<String, String> superclasses = new HashMap<>();

  ClassFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /** Reads and writes class files, and finds the types of which the verifier has to be told. */
  ClassFile classFile() {
    return ClassFile.of(
        ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(this::open)));
  }

  private @Nullable InputStream open(ClassDesc type) {
    return loader.getResourceAsStream(internalName(type) + ".class");
  }

  /** What the constant pool calls a class. */
  static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1);
  }

  /**
   * A field.
   *
   * @param owner the class that declares it
   */
  record Field(String owner, AccessFlags flags) {

    /** Whether threads can see writes of others to it. */
    boolean isShared() {
      return !flags.has(AccessFlag.FINAL) && !flags.has(AccessFlag.SYNTHETIC);
    }

    boolean isVolatile() {
      return flags.has(AccessFlag.VOLATILE);
    }
  }

  /** Finds a field as the JVM does; null if that is not possible. */
  @Nullable Field field(String owner, String field) {
    for (String type = owner; type != null; type = superclasses.get(type)) {
      AccessFlags flags = fields.computeIfAbsent(type, this::readFields).get(field);
      if (flags != null) {
        return new Field(type, flags);
      }
    }
    return null;
  }

  /** Whether a method, by its name and type, is synchronized, looked for as the JVM does. */
  boolean isSynchronized(String owner, String method) {
    for (String type = owner; type != null; type = superclasses.get(type)) {
      fields.computeIfAbsent(type, this::readFields);
      if (synchronizedMethods.getOrDefault(type, Set.of()).contains(method)) {
        return true;
      }
    }
    return false;
  }

  private Map<String, AccessFlags> readFields(String type) {
    Map<String, AccessFlags> found = new HashMap<>();
    try (InputStream in = loader.getResourceAsStream(type + ".class")) {
      if (in != null) {
        add(ClassFile.of().parse(in.readAllBytes()), found);
      }
    } catch (IOException | IllegalArgumentException e) {
      // The class is not there, so its fields are not the program's.
    }
    return found;
  }

  /** Remembers a class that is being changed. */
  void add(ClassModel model) {
    Map<String, AccessFlags> found = new HashMap<>();
    add(model, found);
    fields.put(model.thisClass().asInternalName(), found);
  }

  private void add(ClassModel model, Map<String, AccessFlags> found) {
    for (FieldModel field : model.fields()) {
      found.put(field.fieldName().stringValue(), field.flags());
    }
    Set<String> methods = new HashSet<>();
    for (MethodModel method : model.methods()) {
      if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
        methods.add(method.methodName().stringValue() + method.methodType().stringValue());
      }
    }
    synchronizedMethods.put(model.thisClass().asInternalName(), methods);
    model
        .superclass()
        .ifPresent(
            type -> superclasses.put(model.thisClass().asInternalName(), type.asInternalName()));
  }
}
