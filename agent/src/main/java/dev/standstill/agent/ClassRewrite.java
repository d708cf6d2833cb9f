package dev.standstill.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The change of one class by its rows of the table. Confined to one thread; used once. */
final class ClassRewrite implements ClassTransform {

  private final ClassFile classFile;
  private final ClassModel original;
  private final List<MethodRewrite> rows;
  private final Set<MethodRewrite> done = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Prepares the change.
   *
   * @throws IllegalArgumentException if the class file is not understood
   */
  ClassRewrite(byte[] original, List<MethodRewrite> rows) {
    this(ClassFile.of(), original, rows);
  }

  /**
   * The same, of a class of a library.
   *
   * @param classFile finds the types of which the verifier has to be told
   */
  ClassRewrite(ClassFile classFile, byte[] original, List<MethodRewrite> rows) {
    this.classFile = classFile;
    this.original = classFile.parse(original);
    this.rows = rows;
  }

  /**
   * Makes the change.
   *
   * @return the new class file
   * @throws IllegalArgumentException if the class file is not understood
   */
  byte[] apply() {
    return classFile.transformClass(original, this);
  }

  /** Returns the rows that found nothing to change, once the change is made. */
  List<MethodRewrite> missing() {
    List<MethodRewrite> missing = new ArrayList<>();
    for (MethodRewrite row : rows) {
      if (!done.contains(row)) {
        missing.add(row);
      }
    }
    return missing;
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method) {
      accept(builder, method);
    } else {
      builder.with(element);
    }
  }

  private void accept(ClassBuilder builder, MethodModel method) {
    List<MethodRewrite> fitting = new ArrayList<>();
    for (MethodRewrite row : rows) {
      if (row.fits(method)) {
        fitting.add(row);
      }
    }
    if (fitting.isEmpty()) {
      builder.with(method);
    } else {
      CodeTransform code = new CodeRewrite(method, fitting);
      for (MethodRewrite row : fitting) {
        CodeTransform wrapping = row.edit().wrapping();
        if (wrapping != null) {
          code = wrapping.andThen(code);
          done.add(row);
        }
      }
      builder.transformMethod(method, MethodTransform.transformingCode(code));
    }
  }

  private final class CodeRewrite implements CodeTransform {

    private final MethodModel method;
    private final List<MethodRewrite> fitting;

    CodeRewrite(MethodModel method, List<MethodRewrite> fitting) {
      this.method = method;
      this.fitting = fitting;
    }

    @Override
    public void atStart(CodeBuilder code) {
      for (MethodRewrite row : fitting) {
        if (row.edit().enter(method, code)) {
          done.add(row);
        }
      }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement instruction) {
      for (MethodRewrite row : fitting) {
        if (row.edit().replace(instruction, code)) {
          done.add(row);
          return;
        }
      }
      code.with(instruction);
    }
  }
}
