package dev.standstill.agent;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has {@code java} start {@link Launcher}, whatever program it was asked for: its method {@code
 * LauncherHelper.checkAndLoadMain} (JDK 25) notes what that is in place of loading it, for classes
 * of a program that is explored must be loaded later.
 */
final class MainClassRewrite implements ClassFileTransformer {

  private static final String HELPER = "sun/launcher/LauncherHelper";
  private static final String PROPERTY = "dev.standstill.launched";

  private static final ClassDesc CD_HELPER = ClassDesc.ofInternalName(HELPER);
  private static final ClassDesc CD_SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc CD_LOADER = ClassDesc.of("java.lang.ClassLoader");

  private volatile boolean isDone;

  private MainClassRewrite() {}

  /**
   * Rewrites the JDK's launcher, which has not started yet.
   *
   * @throws IllegalStateException if it does not read as expected
   */
  static void install(Instrumentation instrumentation) {
    MainClassRewrite rewrite = new MainClassRewrite();
    instrumentation.addTransformer(rewrite);
    try {
      Class.forName(HELPER.replace('/', '.'), false, null);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(Transformer.sentence("there is no LauncherHelper"), e);
    } finally {
      instrumentation.removeTransformer(rewrite);
    }
    if (!rewrite.isDone) {
      throw new IllegalStateException(
          Transformer.sentence("the start of a program cannot be taken over"));
    }
  }

  /**
   * Returns what {@code java} was asked for, and forgets it: a digit that says what it is (1 a
   * class, 2 a jar, 3 a module, 4 a source file), and its name.
   */
  static String takeAsked() {
    return Objects.requireNonNull(System.clearProperty(PROPERTY), "java notes what it starts");
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] original) {
    if (!HELPER.equals(type) || loader != null) {
      return null;
    }
    ClassFile classFile = ClassFile.of();
    return classFile.transformClass(classFile.parse(original), this::change);
  }

  private void change(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method
        && method.methodName().equalsString("checkAndLoadMain")
        && method.methodType().equalsString("(ZILjava/lang/String;)Ljava/lang/Class;")) {
      builder.withMethodBody(
          method.methodName(),
          method.methodType(),
          method.flags().flagsMask(),
          MainClassRewrite::startLauncher);
      isDone = true;
    } else {
      builder.with(element);
    }
  }

  private static void startLauncher(CodeBuilder code) {
    code.loadConstant(PROPERTY)
        .iload(1)
        .invokestatic(CD_String, "valueOf", MethodTypeDesc.of(CD_String, CD_int))
        .aload(2)
        .invokevirtual(CD_String, "concat", MethodTypeDesc.of(CD_String, CD_String))
        .invokestatic(CD_SYSTEM, "setProperty", MethodTypeDesc.of(CD_String, CD_String, CD_String))
        .pop()
        .iconst_1()
        .putstatic(CD_HELPER, "isStaticMain", CD_boolean)
        .iconst_0()
        .putstatic(CD_HELPER, "noArgMain", CD_boolean)
        .invokestatic(CD_LOADER, "getSystemClassLoader", MethodTypeDesc.of(CD_LOADER))
        .loadConstant(Launcher.class.getName())
        .invokevirtual(CD_LOADER, "loadClass", MethodTypeDesc.of(CD_Class, CD_String))
        .dup()
        .putstatic(CD_HELPER, "appClass", CD_Class)
        .areturn();
  }
}
