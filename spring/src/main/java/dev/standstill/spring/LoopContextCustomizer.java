package dev.standstill.spring;

import dev.standstill.junit.spi.ApplicationStart;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Is called whenever a context begins, whoever asks for it. It is a part of the context's
 * configuration, so contexts that differ in it are not the same. Immutable.
 *
 * @param rollback whether what tests do to the databases of the context is undone
 */
record LoopContextCustomizer(boolean rollback) implements ContextCustomizer {

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    ApplicationStart.begins();
    if (rollback) {
      context.getBeanFactory().addBeanPostProcessor(new DataSourceWrapper());
    }
  }
}
