package dev.standstill.explore.program;

import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;

import dev.standstill.explore.program.Places.Kind;
import dev.standstill.explore.program.Places.Memory;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.LineNumber;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes the classes of a program so that they tell what they are about to do. One that is loaded
 * while schedules are explored is changed wholly; one that was there before keeps its methods and
 * their modifiers, as the JVM wants, so that synchronized methods are entered untold and its
 * statics do not start afresh. Any thread may call.
 */
final class ProgramTransformer implements ClassFileTransformer {

  private static final int OLDEST_WITH_CONSTANT_CLASSES = 50;

  /** How a class was changed: whenever the JVM asks, it has to be so again. */
  private record Changed(boolean wholly) {}

  private final Map<ClassLoader, Map<String, Changed>> changes = new WeakHashMap<>();

  private final Set<String> unchanged = ConcurrentHashMap.newKeySet();
  private volatile ProgramClasses program;
  private volatile boolean active;

  ProgramTransformer(ProgramClasses program) {
    this.program = program;
  }

  /** Changes what is loaded from now on. */
  void begin(ProgramClasses classes) {
    program = classes;
    unchanged.clear();
    active = true;
  }

  /** Leaves alone what is loaded from now on. */
  void end() {
    active = false;
  }

  /** The classes of the program that could not be changed, each with the reason. */
  Set<String> unchanged() {
    return unchanged;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] original) {
    if (type == null || loader == null) {
      return null;
    }
    Changed before = redefined == null ? null : changed(loader, type);
    if (before == null && (!active || !program.contain(type, loader, domain))) {
      return null;
    }
    try {
      boolean wholly = before == null ? redefined == null : before.wholly;
      byte[] changed = change(loader, original, wholly);
      add(loader, type, new Changed(wholly));
      return changed;
    } catch (RuntimeException | Error e) {
      unchanged.add("%s (%s)".formatted(type.replace('/', '.'), e));
      return null;
    }
  }

  /** Whether a class that is loaded has to be changed once more. */
  boolean isToChange(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || !isOfProgram(type)) {
      return false;
    }
    return changed(loader, type.getName().replace('.', '/')) == null;
  }

  /** Whether the program has the class. */
  boolean isOfProgram(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null
        && program.contain(type.getName().replace('.', '/'), loader, type.getProtectionDomain());
  }

  /** A class that was loaded before keeps its methods. */
  void isAboutToChange(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    String name = type.getName().replace('.', '/');
    if (loader != null && changed(loader, name) == null) {
      add(loader, name, new Changed(false));
    }
  }

  private boolean keepsMethods(ClassLoader loader, String type) {
    Changed known = changed(loader, type);
    return known != null && !known.wholly;
  }

  private synchronized @Nullable Changed changed(ClassLoader loader, String type) {
    return changes.getOrDefault(loader, Map.of()).get(type);
  }

  private synchronized void add(ClassLoader loader, String type, Changed how) {
    changes.computeIfAbsent(loader, key -> new HashMap<>()).put(type, how);
  }

  /** Leaves plain accesses alone if a method gets too long otherwise. */
  private byte[] change(ClassLoader loader, byte[] original, boolean wholly) {
    try {
      return change(loader, original, wholly, true);
    } catch (IllegalArgumentException e) {
      return change(loader, original, wholly, false);
    }
  }

  private byte[] change(ClassLoader loader, byte[] original, boolean wholly, boolean withPlain) {
    ClassFiles files = new ClassFiles(loader);
    ClassFile classFile = files.classFile();
    ClassModel model = classFile.parse(original);
    if (model.majorVersion() < OLDEST_WITH_CONSTANT_CLASSES) {
      throw new IllegalArgumentException("compiled for Java 5 or older");
    }
    files.add(model);
    return classFile.transformClass(
        model,
        new Change(
            model,
            files,
            other -> keepsMethods(loader, other),
            wholly ? StaticReset.of(model) : null,
            wholly,
            withPlain));
  }

  private final class Change implements ClassTransform {

    private final ClassModel model;
    private final ClassFiles files;
    private final Predicate<String> keepsMethods;
    private final @Nullable StaticReset reset;
    private final boolean wholly;
    private final boolean withPlain;

    Change(
        ClassModel model,
        ClassFiles files,
        Predicate<String> keepsMethods,
        @Nullable StaticReset reset,
        boolean wholly,
        boolean withPlain) {
      this.model = model;
      this.files = files;
      this.keepsMethods = keepsMethods;
      this.reset = reset;
      this.wholly = wholly;
      this.withPlain = withPlain;
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      switch (element) {
        case FieldModel field when reset != null && reset.writes(builder, field) -> {}
        case MethodModel method when reset != null && reset.isInitializer(method) -> {}
        case MethodModel method when isChanged(method) -> change(builder, method);
        default -> builder.with(element);
      }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
      if (reset != null) {
        reset.writeMethods(builder);
      }
    }

    /** An initialiser cannot be preempted. */
    private static boolean isChanged(MethodModel method) {
      return method.code().isPresent() && !method.methodName().equalsString(CLASS_INIT_NAME);
    }

    private void change(ClassBuilder builder, MethodModel method) {
      String type = model.thisClass().asInternalName();
      String superclass = model.superclass().map(name -> name.asInternalName()).orElse("");
      CodeTransform points =
          new SwitchPointCode(
              type, superclass, method, sourceFile(), files, keepsMethods, withPlain);
      boolean isSynchronized = wholly && method.flags().has(AccessFlag.SYNCHRONIZED);
      CodeTransform body = isSynchronized ? points.andThen(synchronizedBody(type, method)) : points;
      builder.withMethod(
          method.methodName(),
          method.methodType(),
          method.flags().flagsMask() & ~(isSynchronized ? ClassFile.ACC_SYNCHRONIZED : 0),
          copy ->
              copy.transform(
                  method,
                  MethodTransform.dropping(element -> element instanceof AccessFlags)
                      .andThen(MethodTransform.transformingCode(body))));
    }

    /** The first line of a method's code; 0 if it has no numbers. */
    private static int line(MethodModel method) {
      return method.code().stream()
          .flatMap(code -> code.elementStream())
          .filter(LineNumber.class::isInstance)
          .mapToInt(element -> ((LineNumber) element).line())
          .findFirst()
          .orElse(0);
    }

    private String sourceFile() {
      return model
          .findAttribute(Attributes.sourceFile())
          .map(attribute -> attribute.sourceFile().stringValue())
          .orElse("Unknown Source");
    }

    private SynchronizedBody synchronizedBody(String type, MethodModel method) {
      String name = method.methodName().stringValue();
      boolean isStatic = method.flags().has(AccessFlag.STATIC);
      int place =
          Places.add(
              Kind.OPERATION,
              Memory.SYNCHRONIZER,
              "monitor of " + type + "." + name,
              new Site(
                  Site.Action.ENTERS,
                  "",
                  isStatic ? "the monitor of its class" : "its monitor",
                  "",
                  Site.simple(type.replace('/', '.')) + "." + name,
                  sourceFile(),
                  line(method)));
      return new SynchronizedBody(model.thisClass().asSymbol(), isStatic, place);
    }
  }
}
