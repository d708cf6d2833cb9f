package dev.standstill.notebook;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Makes a test class of test methods that stand in no class, and of the methods to run before and
 * after them. JShell makes them static, and JUnit runs no static tests; so the class has a method
 * for each, with its annotations, parameters and result, that calls it. One that JUnit refuses is
 * there as well, for JUnit to say so.
 */
final class TopLevelTests {

  /** What the reader sees as the name of the class. */
  static final String NAME = "Cells";

  private static final String METHODS = "METHODS";
  private static final ClassDesc METHOD = ClassDesc.of(Method.class.getName());

  private TopLevelTests() {}

  /**
   * @param methods static methods of classes that {@code loader} finds
   */
  static Class<?> of(List<Method> methods, ClassLoader loader) {
    ClassDesc name = ClassDesc.of(NAME);
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                type -> {
                  type.withFlags(ClassFile.ACC_PUBLIC);
                  type.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      ConstantDescs.MTD_void,
                      ClassFile.ACC_PUBLIC,
                      TopLevelTests::construct);
                  type.withField(
                      METHODS, METHOD.arrayType(), ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC);
                  for (int i = 0; i < methods.size(); i++) {
                    addCallerOf(i, methods.get(i), type);
                  }
                });
    Class<?> tests = new OneClassLoader(loader).define(bytes);
    tell(tests, methods);
    return tests;
  }

  private static void tell(Class<?> tests, List<Method> methods) {
    try {
      tests.getField(METHODS).set(null, methods.toArray(Method[]::new));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("Standstill has a bug, please report it.", e);
    }
  }

  private static void construct(CodeBuilder code) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }

  private static void addCallerOf(int index, Method method, ClassBuilder type) {
    type.withMethod(
        method.getName(),
        signatureOf(method),
        isForAll(method) ? ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC : ClassFile.ACC_PUBLIC,
        caller -> {
          copyAnnotations(method, caller);
          caller.withCode(code -> call(index, method, code));
        });
  }

  private static boolean isForAll(Method method) {
    return AnnotationSupport.isAnnotated(method, BeforeAll.class)
        || AnnotationSupport.isAnnotated(method, AfterAll.class);
  }

  private static void copyAnnotations(Method from, MethodBuilder to) {
    to.with(RuntimeVisibleAnnotationsAttribute.of(ClassFileAnnotations.of(from.getAnnotations())));
    to.with(
        RuntimeVisibleParameterAnnotationsAttribute.of(
            Arrays.stream(from.getParameterAnnotations()).map(ClassFileAnnotations::of).toList()));
  }

  /**
   * Lets JUnit call the method, as it calls test methods themselves: the class that JShell makes is
   * not public.
   */
  private static void call(int index, Method method, CodeBuilder code) {
    code.getstatic(ClassDesc.of(NAME), METHODS, METHOD.arrayType()).loadConstant(index).aaload();
    code.aconst_null();
    Class<?>[] parameters = method.getParameterTypes();
    code.loadConstant(parameters.length).anewarray(ConstantDescs.CD_Object);
    for (int i = 0; i < parameters.length; i++) {
      code.dup().loadConstant(i);
      code.loadLocal(TypeKind.from(parameters[i]), code.parameterSlot(i));
      box(parameters[i], code);
      code.aastore();
    }
    code.invokestatic(
        ClassDesc.of(ReflectionSupport.class.getName()),
        "invokeMethod",
        MethodTypeDesc.of(
            ConstantDescs.CD_Object,
            METHOD,
            ConstantDescs.CD_Object,
            ConstantDescs.CD_Object.arrayType()));
    returnUnboxed(method.getReturnType(), code);
  }

  private static void box(Class<?> type, CodeBuilder code) {
    if (type.isPrimitive()) {
      code.invokestatic(boxOf(type), "valueOf", MethodTypeDesc.of(boxOf(type), describe(type)));
    }
  }

  private static void returnUnboxed(Class<?> type, CodeBuilder code) {
    if (type == void.class) {
      code.pop();
    } else if (type.isPrimitive()) {
      code.checkcast(boxOf(type));
      code.invokevirtual(boxOf(type), type.getName() + "Value", MethodTypeDesc.of(describe(type)));
    } else {
      code.checkcast(describe(type));
    }
    code.return_(TypeKind.from(type));
  }

  /** The class of the objects that stand for values of a primitive type. */
  private static ClassDesc boxOf(Class<?> primitive) {
    return describe(MethodType.methodType(primitive).wrap().returnType());
  }

  private static MethodTypeDesc signatureOf(Method method) {
    return MethodTypeDesc.of(
        describe(method.getReturnType()),
        Arrays.stream(method.getParameterTypes()).map(TopLevelTests::describe).toList());
  }

  private static ClassDesc describe(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }

  private static final class OneClassLoader extends ClassLoader {
    OneClassLoader(ClassLoader parent) {
      super(parent);
    }

    Class<?> define(byte[] bytes) {
      return defineClass(NAME, bytes, 0, bytes.length);
    }
  }
}
