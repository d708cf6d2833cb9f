package dev.standstill.explore.program;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives a class a method that initialises its static fields once more. Confined to one thread; for
 * one class.
 *
 * <p>Fields that are final and hold what never changes keep it, so that compiled code may rely on
 * it: handles, classes, loggers, strings. All others lose {@code final}.
 */
final class StaticReset {

  static final String METHOD = "standstill$reset";

  private static final Pattern KEPT =
      Pattern.compile(
          "Ljava/lang/invoke/\\w+;|Ljava/lang/(Class|String);|.*/?Logger;|.*\\$Logger;"
              + "|Ljava/util/concurrent/atomic/Atomic\\w+FieldUpdater;");

  private static final MethodTypeDesc INITIALISES =
      MethodTypeDesc.of(CD_void, ClassDesc.of("java.lang.invoke.MethodHandles$Lookup"), CD_int);

  private static final MethodTypeDesc INITIALISER_AT = MethodTypeDesc.of(CD_void, CD_int);

  /** By which the agent learns, once, which classes an initialiser needs. */
  private static final String FIRST_USE_HOOKS = "java/lang/StandstillFirstUse";

  private final ClassDesc type;
  private final List<FieldModel> fields;
  private final Set<String> kept = new HashSet<>();
  private final @Nullable MethodModel initializer;

  private StaticReset(ClassModel model) {
    type = model.thisClass().asSymbol();
    initializer =
        model.methods().stream()
            .filter(method -> method.methodName().equalsString(CLASS_INIT_NAME))
            .findAny()
            .orElse(null);
    fields = model.fields().stream().filter(this::startsAfresh).toList();
  }

  /** What is to be done to a class; null if it has no state of its own, or cannot be reset. */
  static @Nullable StaticReset of(ClassModel model) {
    if (model.flags().has(AccessFlag.INTERFACE) || model.flags().has(AccessFlag.ENUM)) {
      return null;
    }
    StaticReset reset = new StaticReset(model);
    return reset.fields.isEmpty() ? null : reset;
  }

  private boolean startsAfresh(FieldModel field) {
    if (!field.flags().has(AccessFlag.STATIC)
        || field.findAttribute(Attributes.constantValue()).isPresent()) {
      return false;
    }
    if (field.flags().has(AccessFlag.SYNTHETIC) && !field.flags().has(AccessFlag.FINAL)) {
      return false; // a tool's, which measures coverage
    }
    boolean keeps =
        field.flags().has(AccessFlag.FINAL)
            && (field.flags().has(AccessFlag.SYNTHETIC)
                || KEPT.matcher(field.fieldType().stringValue()).matches());
    if (keeps) {
      kept.add(field.fieldName().stringValue());
    }
    return !keeps;
  }

  /** Writes the field, if it is one that starts afresh and must not be final then. */
  boolean writes(ClassBuilder builder, FieldModel field) {
    if (!fields.contains(field) || !field.flags().has(AccessFlag.FINAL)) {
      return false;
    }
    builder.withField(
        field.fieldName(),
        field.fieldType(),
        copy -> {
          copy.withFlags(field.flags().flagsMask() & ~ClassFile.ACC_FINAL);
          field
              .attributes()
              .forEach(attribute -> {
                if (attribute instanceof FieldElement element) {
                  copy.with(element);
                }
              });
        });
    return true;
  }

  boolean isInitializer(MethodModel method) {
    return method == initializer;
  }

  /**
   * Writes the initialiser, which tells that it runs, and the method that repeats it. Both tell at
   * which of their steps they are, because what the first needs, the other needs at the same step.
   */
  void writeMethods(ClassBuilder builder) {
    int firstStep = StaticState.addSteps(countSteps());
    builder.withMethodBody(
        CLASS_INIT_NAME,
        MTD_void,
        ClassFile.ACC_STATIC,
        code -> {
          code.invokestatic(
                  ClassDesc.of("java.lang.invoke.MethodHandles"),
                  "lookup",
                  MethodTypeDesc.of(ClassDesc.of("java.lang.invoke.MethodHandles$Lookup")))
              .loadConstant(firstStep)
              .invokestatic(SwitchPointCode.HOOKS, "initialises", INITIALISES);
          writeBody(code, firstStep, (at, element) -> at.with(element));
        });
    builder.withMethodBody(
        METHOD,
        MTD_void,
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          fields.forEach(field -> clear(code, field));
          writeBody(code, firstStep, this::repeat);
        });
  }

  private interface Writing {
    void write(CodeBuilder code, CodeElement element);
  }

  private Optional<CodeModel> body() {
    return initializer == null ? Optional.empty() : initializer.code();
  }

  /** The last one is the end. */
  private int countSteps() {
    return 1 + (int) body().stream().flatMap(CodeModel::elementStream).filter(this::isStep).count();
  }

  private void writeBody(CodeBuilder code, int firstStep, Writing writing) {
    int lastStep = firstStep + countSteps() - 1;
    if (body().isEmpty()) {
      tellStep(code, lastStep);
      code.return_();
      return;
    }
    int step = firstStep;
    for (CodeElement element : body().get()) {
      if (element instanceof ReturnInstruction) {
        tellStep(code, lastStep);
      } else if (isStep(element)) {
        tellStep(code, step++);
      }
      writing.write(code, element);
    }
  }

  /** Whether another class may have to be initialised for it. */
  private boolean isStep(CodeElement element) {
    return element instanceof InvokeInstruction
        || element instanceof NewObjectInstruction made && !made.className().asSymbol().equals(type)
        || element instanceof FieldInstruction field && !field.owner().asSymbol().equals(type);
  }

  private static void tellStep(CodeBuilder code, int step) {
    code.loadConstant(step).invokestatic(SwitchPointCode.HOOKS, "initialiserAt", INITIALISER_AT);
  }

  /**
   * A field that is final still can be set by the initialiser alone, and what it needs has been
   * told.
   */
  private void repeat(CodeBuilder code, CodeElement element) {
    if (element instanceof FieldInstruction field
        && field.opcode() == Opcode.PUTSTATIC
        && field.owner().asSymbol().equals(type)
        && kept.contains(field.name().stringValue())) {
      if (TypeKind.from(field.typeSymbol()).slotSize() == 2) {
        code.pop2();
      } else {
        code.pop();
      }
    } else if (element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals(FIRST_USE_HOOKS)
        && call.name().equalsString("needs")) {
      code.pop();
    } else {
      code.with(element);
    }
  }

  private void clear(CodeBuilder code, FieldModel field) {
    ClassDesc of = field.fieldTypeSymbol();
    switch (TypeKind.from(of).asLoadable()) {
      case LONG -> code.lconst_0();
      case DOUBLE -> code.dconst_0();
      case FLOAT -> code.fconst_0();
      case INT -> code.iconst_0();
      default -> code.aconst_null();
    }
    code.putstatic(type, field.fieldName().stringValue(), of);
  }
}
