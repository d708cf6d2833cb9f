package dev.standstill.agent;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One row of the table of rewrites: what is changed in one method of the JDK, and why. Immutable.
 *
 * @param type the internal name of the class
 * @param method the name and descriptor of the method, such as {@code exit(I)V}
 * @param edit the change
 * @param why what the change is for, to be read after "so that"
 */
record MethodRewrite(String type, String method, Edit edit, String why) {

  /** A change of the code of a method. */
  sealed interface Edit {}

  /**
   * Puts code before the first instruction.
   *
   * @param field a field of the class that the code uses, or an empty text
   */
  record AtEntry(String field, Consumer<CodeBuilder> code) implements Edit {}

  /**
   * Replaces instructions.
   *
   * @param what the instruction in words, for the sentence that says it is missing
   * @param matches picks the instructions
   * @param code writes what comes in their place
   */
  record AtInstruction(
      String what, Predicate<CodeElement> matches, BiConsumer<CodeBuilder, CodeElement> code)
      implements Edit {}

  /** Returns whether this row is about the method and the method can be changed. */
  boolean fits(ClassModel owner, MethodModel candidate) {
    String name = candidate.methodName().stringValue() + candidate.methodType().stringValue();
    return name.equals(method)
        && candidate.code().isPresent()
        && (!(edit instanceof AtEntry entry) || entry.field().isEmpty() || has(owner, entry));
  }

  private static boolean has(ClassModel owner, AtEntry entry) {
    return owner.fields().stream().anyMatch(field -> field.fieldName().equalsString(entry.field()));
  }

  /** Returns what makes the change; it calls {@code found} for each place that it changes. */
  CodeTransform transform(Runnable found) {
    return switch (edit) {
      case AtEntry entry -> new EntryTransform(entry, found);
      case AtInstruction instruction ->
          (builder, element) -> {
            if (instruction.matches().test(element)) {
              found.run();
              instruction.code().accept(builder, element);
            } else {
              builder.with(element);
            }
          };
    };
  }

  /** Says what the class lacks when the change found no place. */
  String missing() {
    String place = type.replace('/', '.') + "." + method;
    String lack =
        switch (edit) {
          case AtEntry(String field, _) when !field.isEmpty() ->
              place + " or the field " + field + " does not exist";
          case AtEntry _ -> place + " does not exist";
          case AtInstruction instruction -> place + " has no " + instruction.what();
        };
    return lack + ", which the agent has to rewrite so that " + why;
  }

  private record EntryTransform(AtEntry entry, Runnable found) implements CodeTransform {

    @Override
    public void atStart(CodeBuilder builder) {
      found.run();
      entry.code().accept(builder);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      builder.with(element);
    }
  }
}
