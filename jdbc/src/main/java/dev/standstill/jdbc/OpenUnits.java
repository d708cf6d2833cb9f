package dev.standstill.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The units of work that are open on one shared connection: one, and those that are nested in it,
 * the innermost last. Used by who has the turn, but for {@link #undoneWithOthers}, which is for the
 * end of the scope.
 *
 * <p>Savepoints are a stack, and two connections are none. So a unit that is committed while one
 * that was begun later is open is kept when that ends; and where a rollback undoes what is not the
 * unit's own, that is noted, for the scope to tell.
 */
final class OpenUnits {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final String name;
  private final List<UnitOfWork> open = new ArrayList<>();
  private final Set<UnitOfWork> committed = new HashSet<>();
  private @Nullable SQLException undoneWithOthers;

  /**
   * @param name what messages call the data source
   */
  OpenUnits(String name) {
    this.name = name;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  int size() {
    return open.size();
  }

  /** The innermost; null if none is open. */
  @Nullable UnitOfWork innermost() {
    return open.isEmpty() ? null : open.getLast();
  }

  void begin(UnitOfWork unit) {
    open.add(unit);
  }

  /** What a rollback has undone that was not its unit's own; null if nothing. */
  @Nullable SQLException undoneWithOthers() {
    return undoneWithOthers;
  }

  /** {@code unit} has written something. */
  void wrote(UnitOfWork unit) {
    for (UnitOfWork later : open.subList(open.indexOf(unit) + 1, open.size())) {
      later.isWrittenOver(unit.begun());
    }
  }

  /** A statement that was nested in the innermost unit, and a unit of its own, has written. */
  void wroteAlone(StackOf statement) {
    UnitOfWork around = innermost();
    if (around != null) {
      around.keepsInside(statement);
    }
  }

  void commit(UnitOfWork unit) throws SQLException {
    committed.add(unit);
    while (!open.isEmpty() && committed.contains(open.getLast())) {
      UnitOfWork ending = open.removeLast();
      committed.remove(ending);
      ending.keep();
      UnitOfWork around = innermost();
      if (around != null && ending.hasWritten()) {
        around.keepsInside(ending.begun());
      }
    }
  }

  void rollback(UnitOfWork unit) throws SQLException {
    List<UnitOfWork> later = new ArrayList<>(open.subList(open.indexOf(unit) + 1, open.size()));
    later.stream().filter(UnitOfWork::hasWritten).forEach(nested -> note(unit, nested.begun()));
    StackOf others = unit.writtenByOthers();
    if (others != null) {
      note(unit, others);
    }
    later.forEach(UnitOfWork::lose);
    open.removeAll(later);
    open.remove(unit);
    committed.removeAll(later);
    unit.undo();
    UnitOfWork around = innermost();
    if (around != null && committed.contains(around)) {
      commit(around);
    }
  }

  private void note(UnitOfWork unit, StackOf others) {
    SQLException told =
        new SQLTransactionRollbackException(
            "A unit of work of %s, begun where the cause shows, was rolled back, and with it what another unit of the same thread had done meanwhile, begun where the suppressed stack shows: on connections of their own that would have been kept. nestedUnits() cannot show this case: test it without a scope."
                .formatted(name),
            "40001",
            unit.begun());
    told.addSuppressed(others);
    LOG.log(System.Logger.Level.WARNING, told.getMessage(), told);
    if (undoneWithOthers == null) {
      undoneWithOthers = told;
    } else {
      undoneWithOthers.addSuppressed(told);
    }
  }
}
