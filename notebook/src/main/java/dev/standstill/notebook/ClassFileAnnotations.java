package dev.standstill.notebook;

import static java.util.Objects.requireNonNull;

import java.lang.annotation.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.commons.support.ReflectionSupport;

/** Annotations as reflection shows them, for a class file that is being written. */
final class ClassFileAnnotations {

  private ClassFileAnnotations() {}

  static List<java.lang.classfile.Annotation> of(Annotation... annotations) {
    return Arrays.stream(annotations).map(ClassFileAnnotations::of).toList();
  }

  private static java.lang.classfile.Annotation of(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    return java.lang.classfile.Annotation.of(
        describe(type),
        Arrays.stream(type.getDeclaredMethods())
            .map(method -> elementOf(annotation, method))
            .toList());
  }

  private static AnnotationElement elementOf(Annotation annotation, Method method) {
    return AnnotationElement.of(
        method.getName(),
        valueOf(requireNonNull(ReflectionSupport.invokeMethod(method, annotation))));
  }

  private static AnnotationValue valueOf(Object value) {
    return switch (value) {
      case Class<?> type -> AnnotationValue.ofClass(describe(type));
      case Annotation nested -> AnnotationValue.ofAnnotation(of(nested));
      case Object[] many ->
          AnnotationValue.ofArray(Arrays.stream(many).map(ClassFileAnnotations::valueOf).toList());
      default -> AnnotationValue.of(value);
    };
  }

  private static ClassDesc describe(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
