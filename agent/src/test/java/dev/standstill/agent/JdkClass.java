package dev.standstill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Class files to look into. */
final class JdkClass {

  private JdkClass() {}

  /** Reads a class file that the class loaders of the tests find, by the internal name. */
  static byte[] read(String type) {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(type + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a class file as in a JDK that lacks the methods of that name. */
  static byte[] withoutMethod(String type, String name) {
    return without(
        type,
        element -> element instanceof MethodModel method && method.methodName().equalsString(name));
  }

  private static byte[] without(String type, Predicate<ClassElement> dropped) {
    ClassFile classFile = ClassFile.of();
    return classFile.transformClass(classFile.parse(read(type)), ClassTransform.dropping(dropped));
  }

  /** Returns name and descriptor of the methods whose instructions are not the same. */
  static List<String> methodsThatDiffer(byte[] before, byte[] after) {
    Map<String, String> codeBefore = code(before);
    Map<String, String> codeAfter = code(after);
    if (!codeBefore.keySet().equals(codeAfter.keySet())) {
      throw new AssertionError("Not the same methods: " + codeBefore + " and " + codeAfter);
    }
    return codeBefore.keySet().stream()
        .filter(method -> !codeBefore.get(method).equals(codeAfter.get(method)))
        .toList();
  }

  private static Map<String, String> code(byte[] classFile) {
    Map<String, String> code = new TreeMap<>();
    for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
      code.put(
          method.methodName().stringValue() + method.methodType().stringValue(),
          method.code().map(CodeModel::toDebugString).orElse("none"));
    }
    return code;
  }
}
