package dev.standstill.jdbc;

import java.lang.reflect.Field;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Begins and ends the scopes of {@link Rollback}. Stateless, as all extensions. */
final class RollbackExtension implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RollbackExtension.class);

  RollbackExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    Scopes scopes = new Scopes();
    context.getStore(NAMESPACE).put(Scopes.class, scopes);
    List<RollbackDataSource> sources =
        context.getRequiredTestInstances().getAllInstances().stream()
            .flatMap(instance -> dataSourcesOf(instance).stream())
            .distinct()
            .toList();
    if (sources.isEmpty()) {
      throw new IllegalStateException(
          "@Rollback found no field of type RollbackDataSource in %s or the classes around it: add one, for example static final RollbackDataSource db = RollbackDataSource.wrap(dataSource)."
              .formatted(context.getRequiredTestClass().getName()));
    }
    List<RollbackDataSource> begun = new ArrayList<>();
    for (RollbackDataSource source : sources) {
      if (begun.stream().noneMatch(source::sharesScopeWith)) {
        begun.add(source);
        scopes.add(source.begin());
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws SQLException {
    Scopes scopes = context.getStore(NAMESPACE).remove(Scopes.class, Scopes.class);
    if (scopes != null) {
      scopes.close();
    }
  }

  private static List<RollbackDataSource> dataSourcesOf(Object instance) {
    return ReflectionSupport.findFields(
            instance.getClass(),
            field -> field.getType() == RollbackDataSource.class,
            HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .map(field -> valueOf(field, instance))
        .toList();
  }

  private static RollbackDataSource valueOf(Field field, Object instance) {
    Object owner = ModifierSupport.isStatic(field) ? null : instance;
    Object value = ReflectionSupport.tryToReadFieldValue(field, owner).toOptional().orElse(null);
    if (value instanceof RollbackDataSource source) {
      return source;
    }
    throw new IllegalStateException(
        "@Rollback: field %s is null before @BeforeEach: initialise it where it is declared."
            .formatted(field));
  }

  /** The scopes of one test, closed in the opposite order. */
  private static final class Scopes implements AutoCloseable {

    private final Deque<RollbackScope> open = new ArrayDeque<>();

    void add(RollbackScope scope) {
      open.push(scope);
    }

    @Override
    public void close() throws SQLException {
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
