package dev.standstill.spring;

import dev.standstill.jdbc.RollbackDataSource;
import dev.standstill.jdbc.RollbackScope;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Begins and ends the scopes of {@link RollbackDatabase}. Spring finds it by itself. */
final class RollbackListener extends AbstractTestExecutionListener {

  /** Around the transaction of a test (4000) and its SQL scripts (5000). */
  private static final int ORDER = 3_000;

  private static final String SCOPES = RollbackListener.class.getName();

  RollbackListener() {}

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public void beforeTestMethod(TestContext test) throws SQLException {
    if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), RollbackDatabase.class)) {
      Scopes scopes = new Scopes();
      test.setAttribute(SCOPES, scopes);
      List<RollbackDataSource> begun = new ArrayList<>();
      for (RollbackDataSource source : sourcesOf(test)) {
        if (begun.stream().noneMatch(source::sharesScopeWith)) {
          begun.add(source);
          scopes.add(source.begin());
        }
      }
    }
  }

  private static List<RollbackDataSource> sourcesOf(TestContext test) {
    List<RollbackDataSource> sources =
        BeanFactoryUtils.beansOfTypeIncludingAncestors(
                test.getApplicationContext(), DataSource.class)
            .values()
            .stream()
            .filter(RollbackDataSource.class::isInstance)
            .map(RollbackDataSource.class::cast)
            .distinct()
            .toList();
    if (sources.isEmpty()) {
      throw new IllegalStateException(
          "@RollbackDatabase found no DataSource in the context of %s: leave it away, or let the test have a database."
              .formatted(test.getTestClass().getName()));
    }
    return sources;
  }

  @Override
  public void afterTestMethod(TestContext test) throws SQLException {
    if (test.removeAttribute(SCOPES) instanceof Scopes scopes) {
      scopes.close();
    }
  }

  /** The scopes of one test, closed in the opposite order. */
  private static final class Scopes {

    private final Deque<RollbackScope> open = new ArrayDeque<>();

    void add(RollbackScope scope) {
      open.push(scope);
    }

    void close() throws SQLException {
      if (open.isEmpty()) {
        return;
      }
      try {
        open.pop().close();
      } finally {
        close();
      }
    }
  }
}
