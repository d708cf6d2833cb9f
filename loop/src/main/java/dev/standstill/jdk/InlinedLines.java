package dev.standstill.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a class of Kotlin's into which code of others was inlined. The compiler gives that
 * code numbers after the last line of the file, and says in a source map (JSR 45) which line of the
 * file has called it. Immutable.
 */
final class InlinedLines {

  /** Of an entry of the section that is about calls: a line, and how many numbers it got. */
  private static final Pattern ENTRY = Pattern.compile("(\\d+)#\\d+:(\\d+)(?:,(\\d+))?");

  private static final String CALLS = "*S KotlinDebug";
  private static final String LINES = "*L";

  private record Inlined(int call, int first, int count) {}

  private static final ClassValue<InlinedLines> OF =
      new ClassValue<>() {
        @Override
        protected InlinedLines computeValue(Class<?> type) {
          return new InlinedLines(read(type));
        }
      };

  private final List<Inlined> all;

  private InlinedLines(List<Inlined> all) {
    this.all = all;
  }

  /**
   * A frame with the line of its file that is meant.
   *
   * @param loader finds the class of the frame
   */
  static StackTraceElement seen(StackTraceElement frame, @Nullable ClassLoader loader) {
    for (Inlined inlined : linesOf(frame.getClassName(), loader)) {
      int offset = frame.getLineNumber() - inlined.first;
      if (offset >= 0 && offset < inlined.count) {
        return new StackTraceElement(
            frame.getClassLoaderName(),
            frame.getModuleName(),
            frame.getModuleVersion(),
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            inlined.call);
      }
    }
    return frame;
  }

  private static List<Inlined> linesOf(String name, @Nullable ClassLoader loader) {
    try {
      return OF.get(Class.forName(name, false, loader)).all;
    } catch (ClassNotFoundException | LinkageError e) {
      return List.of(); // the numbers stay as they are then
    }
  }

  private static List<Inlined> read(Class<?> type) {
    try (InputStream in =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      return in == null ? List.of() : parse(in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      return List.of(); // the numbers stay as they are then
    }
  }

  private static List<Inlined> parse(byte[] classFile) {
    return ClassFile.of()
        .parse(classFile)
        .findAttribute(Attributes.sourceDebugExtension())
        .map(map -> calls(new String(map.contents(), StandardCharsets.UTF_8)))
        .orElse(List.of());
  }

  private static List<Inlined> calls(String map) {
    int begin = map.indexOf(LINES, Math.max(0, map.indexOf(CALLS)));
    List<Inlined> found = new ArrayList<>();
    if (map.contains(CALLS) && begin >= 0) {
      Matcher entry = ENTRY.matcher(map.substring(begin));
      while (entry.find()) {
        int count = entry.group(3) == null ? 1 : Integer.parseInt(entry.group(3));
        found.add(
            new Inlined(Integer.parseInt(entry.group(1)), Integer.parseInt(entry.group(2)), count));
      }
    }
    return found;
  }
}
