package dev.standstill.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.LineNumberTableAttribute;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of cells. JShell puts the session's imports before each snippet, and how many lines
 * they take differs from session to session; so where the snippet begins is read from the class
 * that JShell has made of it. Any thread may call.
 */
final class CellLines {

  /** JShell puts {@code public static} on a line of its own (JDK 25, {@code jdk.jshell.Wrap}). */
  private static final int MODIFIERS = 1;

  /** Where the cells' classes were seen last: a process has one notebook. */
  private static volatile @Nullable ClassLoader loader;

  private CellLines() {}

  /** Remembers where the classes of cells are, if a cell is calling. */
  static void findCells() {
    CellClasses.runningSnippet().ifPresent(snippet -> loader = snippet.getClassLoader());
  }

  /**
   * The line of the cell that a frame is at, in a class or method that the cell declares; empty
   * where the kernel's class loader does not show its class files, as that of JJava.
   */
  static OptionalInt lineOf(StackTraceElement frame) {
    OptionalInt before =
        CellClasses.wrapperOf(frame.getClassName())
            .map(CellLines::lineOf)
            .orElse(OptionalInt.empty());
    return before.isPresent()
        ? OptionalInt.of(frame.getLineNumber() - before.getAsInt() - MODIFIERS)
        : before;
  }

  /** The line at which the declaration of a class begins, which is that of its constructor. */
  private static OptionalInt lineOf(String wrapper) {
    ClassLoader cells = loader;
    if (cells == null) {
      return OptionalInt.empty();
    }
    try (InputStream file = cells.getResourceAsStream(wrapper.replace('.', '/') + ".class")) {
      return file == null ? OptionalInt.empty() : lineOfConstructor(file.readAllBytes());
    } catch (IOException e) {
      return OptionalInt.empty(); // As if it were not shown.
    }
  }

  private static OptionalInt lineOfConstructor(byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .filter(method -> method.methodName().equalsString(ConstantDescs.INIT_NAME))
        .flatMap(method -> method.findAttribute(Attributes.code()).stream())
        .flatMap(CellLines::linesOf)
        .mapToInt(LineNumberInfo::lineNumber)
        .findFirst();
  }

  private static Stream<LineNumberInfo> linesOf(CodeAttribute code) {
    return code
        .findAttribute(Attributes.lineNumberTable())
        .map(LineNumberTableAttribute::lineNumbers)
        .stream()
        .flatMap(List::stream);
  }
}
