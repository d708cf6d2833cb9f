package dev.standstill.notebook.kernel;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/** A name in the text of a cell, at which a reader asks what it is. */
final class NameAt {

  private final String code;
  private final int at;
  private final int end;

  /**
   * @param at an index in or at either end of the name
   */
  NameAt(String code, int at) {
    this.code = code;
    this.at = Math.clamp(at, 0, code.length());
    int last = this.at;
    while (last < code.length() && Character.isJavaIdentifierPart(code.charAt(last))) {
      last++;
    }
    this.end = last;
  }

  /** What it is, as text; empty if that is not known. */
  String describe(JShell shell, boolean withDocumentation) {
    String declared =
        shell
            .snippets()
            .filter(snippet -> shell.status(snippet).isActive())
            .flatMap(this::describe)
            .distinct()
            .collect(Collectors.joining("\n"));
    return declared.isEmpty() ? documentation(shell, withDocumentation) : declared;
  }

  private String name() {
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    boolean member = start > 0 && code.charAt(start - 1) == '.';
    return member ? "" : code.substring(start, end); // A member is none of the session's names.
  }

  private Stream<String> describe(Snippet snippet) {
    String name = name();
    return switch (snippet) {
      case VarSnippet variable when variable.name().equals(name) ->
          Stream.of(variable.typeName() + " " + name);
      case MethodSnippet method when method.name().equals(name) -> Stream.of(signature(method));
      case TypeDeclSnippet type when type.name().equals(name) -> Stream.of(type.source().strip());
      default -> Stream.empty();
    };
  }

  /** As {@code int sum(int,int)}. */
  private static String signature(MethodSnippet method) {
    String types = Objects.requireNonNull(method.signature(), "signature");
    int close = types.lastIndexOf(')') + 1;
    return types.substring(close) + " " + method.name() + types.substring(0, close);
  }

  /**
   * What JShell knows: at the parenthesis of a call, at the end of the name of a class, and at that
   * of a method as if it were called.
   */
  private String documentation(JShell shell, boolean withDocumentation) {
    return Stream.of(documented(shell, code, at), documented(shell, code, end), called(shell))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream()
        .map(found ->
            found.signature()
                + (withDocumentation && found.javadoc() != null ? "\n" + found.javadoc() : ""))
        .collect(Collectors.joining("\n"));
  }

  private List<Documentation> called(JShell shell) {
    String call = code.substring(0, end) + "(";
    return documented(shell, call, call.length());
  }

  private static List<Documentation> documented(JShell shell, String code, int at) {
    return shell.sourceCodeAnalysis().documentation(code, at, true);
  }
}
