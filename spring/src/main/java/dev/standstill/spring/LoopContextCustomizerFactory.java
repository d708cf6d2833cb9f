package dev.standstill.spring;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives each context what loops need of it. Spring finds it by {@code spring.factories}. */
final class LoopContextCustomizerFactory implements ContextCustomizerFactory {

  LoopContextCustomizerFactory() {}

  @Override
  public ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return new LoopContextCustomizer(
        TestContextAnnotationUtils.hasAnnotation(testClass, RollbackDatabase.class));
  }
}
