package dev.standstill.spring;

import dev.standstill.jdbc.RollbackDataSource;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts a {@link RollbackDataSource} in the place of each bean that opens connections. */
final class DataSourceWrapper implements BeanPostProcessor {

  /**
   * They pass on what another bean opens; its scope would be held by one unit of work of theirs.
   */
  private static final Set<String> PASSING_ON =
      Set.of(
          "org.springframework.jdbc.datasource.DelegatingDataSource",
          "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource");

  DataSourceWrapper() {}

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source
            && !(bean instanceof RollbackDataSource)
            && !passesOn(bean.getClass())
        ? RollbackDataSource.wrap(source)
        : bean;
  }

  private static boolean passesOn(@Nullable Class<?> type) {
    return type != null && (PASSING_ON.contains(type.getName()) || passesOn(type.getSuperclass()));
  }
}
