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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** A place at the start of a row of the table that an exploration shows. */
  private static final Pattern ROW =
      Pattern.compile("^\\$JShell\\$(\\w+)\\.java:(\\d+)", Pattern.MULTILINE);

  /** A place in a sentence, or two of one file, which is named once then. */
  private static final Pattern PLACES =
      Pattern.compile("\\$JShell\\$(\\w+)\\.java:(\\d+)(?:( \\([^)]*\\)\\s+and\\s+):(\\d+))?");

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

  /**
   * A text that names files of JShell, with the lines of the cells; as it is if nobody knows them.
   */
  static String inText(String text) {
    String rows = ROW.matcher(text).replaceAll(place -> Matcher.quoteReplacement(row(place)));
    return PLACES.matcher(rows).replaceAll(place -> Matcher.quoteReplacement(places(place)));
  }

  /** As wide as before, for the columns after it. */
  private static String row(MatchResult place) {
    OptionalInt line = lineOf(place.group(1), place.group(2));
    String text = "line " + line.orElse(0);
    int missing = place.group().length() - text.length();
    return line.isPresent() ? text + " ".repeat(Math.max(0, missing)) : place.group();
  }

  private static String places(MatchResult place) {
    OptionalInt line = lineOf(place.group(1), place.group(2));
    if (line.isEmpty()) {
      return place.group();
    }
    String first = "line %d of its cell".formatted(line.getAsInt());
    return place.group(4) == null
        ? first
        : first + place.group(3) + "line " + lineOf(place.group(1), place.group(4)).orElseThrow();
  }

  private static OptionalInt lineOf(String snippet, String line) {
    String type = "REPL.$JShell$" + snippet;
    return lineOf(new StackTraceElement(type, "", "", Integer.parseInt(line)));
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
