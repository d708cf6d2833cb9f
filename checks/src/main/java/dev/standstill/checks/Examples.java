package dev.standstill.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The code that pages may show: whole source files, and the regions of them between a line {@code
 * // tag::name[]} and a line {@code // end::name[]}.
 */
final class Examples {

  private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::([\\w-]+)\\[\\]\\s*");

  /**
   * @param name that of the class
   */
  private record Snippet(String name, String code) {}

  private final List<Snippet> snippets;

  /** Reads the examples below {@code sources}, directories such as {@code examples/src}. */
  Examples(List<Path> sources) {
    this.snippets = sources.stream().flatMap(Examples::snippetsBelow).toList();
  }

  private static Stream<Snippet> snippetsBelow(Path sources) {
    return Repository.filesBelow(sources).stream()
        .filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".kt"))
        .flatMap(file -> snippetsOf(file, className(sources.relativize(file))).stream());
  }

  /** Returns whether a source shows exactly this. */
  boolean shows(String code) {
    String wanted = normalized(code);
    return snippets.stream().anyMatch(snippet -> snippet.code().equals(wanted));
  }

  /** Returns the name of the class whose source shows exactly this code. */
  Optional<String> classShowing(String code) {
    String wanted = normalized(code);
    return snippets.stream()
        .filter(snippet -> snippet.code().equals(wanted))
        .map(Snippet::name)
        .findFirst();
  }

  private static List<Snippet> snippetsOf(Path file, String name) {
    List<String> lines = Repository.read(file).lines().toList();
    var snippets = new ArrayList<Snippet>();
    snippets.add(snippet(name, lines));
    for (int i = 0; i < lines.size(); i++) {
      Matcher tag = TAG.matcher(lines.get(i));
      if (tag.matches() && tag.group(1).equals("tag")) {
        snippets.add(snippet(name, lines.subList(i + 1, endOf(tag.group(2), lines, file))));
      }
    }
    return snippets;
  }

  private static int endOf(String name, List<String> lines, Path file) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher end = TAG.matcher(lines.get(i));
      if (end.matches() && end.group(1).equals("end") && end.group(2).equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException(
        "%s opens the region %s and never closes it: add a line // end::%s[]."
            .formatted(file, name, name));
  }

  private static Snippet snippet(String name, List<String> lines) {
    String code =
        lines.stream()
            .filter(line -> !TAG.matcher(line).matches())
            .collect(Collectors.joining("\n"));
    return new Snippet(name, normalized(code));
  }

  /** An empty last line would count as one that is not indented. */
  private static String normalized(String code) {
    return code.stripTrailing().stripIndent().strip();
  }

  /** From main/java/dev/x/Y.java to dev.x.Y. */
  private static String className(Path relative) {
    String path = relative.subpath(2, relative.getNameCount()).toString();
    return path.substring(0, path.lastIndexOf('.')).replace('/', '.');
  }
}
