package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static dev.standstill.jdbc.TestDatabase.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever units of work many tasks do at once, the rows seen are exactly those of the units that
 * committed, and after the scope there are none.
 */
class UnitsOfWorkLawsTest {

  private static final int TASKS = 64;

  /** One of so many units looks at all rows, which takes time. */
  private static final int LOOKS_AMONG = 200;

  @Test
  void rowsAreThoseOfCommittedUnits() throws Exception {
    holdUnder(10, 20, TestDatabase.H2);
  }

  @Test
  void rowsAreThoseOfCommittedUnitsOnPostgres() throws Exception {
    holdUnder(2, 5, TestDatabase.POSTGRESQL);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void rowsAreThoseOfCommittedUnitsUnderAThousandSchedules() throws Exception {
    holdUnder(1_000, 100, TestDatabase.H2);
  }

  @Test
  void theSameSeedGivesTheSameRun() throws Exception {
    RollbackDataSource db = RollbackDataSource.wrap(TestDatabase.H2.dataSource());
    TestLoop.checkDeterminism(
        Schedule.seeded(1),
        loop -> {
          try (RollbackScope _ = db.begin()) {
            new Model(db, loop, 1).doTasks(5);
          }
        });
  }

  private static void holdUnder(int schedules, int units, TestDatabase database) throws Exception {
    RollbackDataSource db = RollbackDataSource.wrap(database.dataSource());
    for (int seed = 0; seed < schedules; seed++) {
      try (RollbackScope _ = db.begin();
          TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Model model = new Model(db, loop, seed);
        model.doTasks(units);

        model.assertSees(notes(db), Set.of(), "the end");
        assertThat(model.committing).isEmpty();
      }
      assertThat(notes(database.dataSource())).as("seed " + seed).isEmpty();
    }
  }

  /** What the tasks do, and what should be left of it. Touched by the tasks of one loop only. */
  private static final class Model {

    private final RollbackDataSource db;
    private final TestLoop loop;
    private final long seed;
    private final Random random;

    /** Of units that have committed. */
    private final Set<String> committed = new HashSet<>();

    /**
     * Of units that commit just now. A seeded schedule switches where the connection is given to
     * the next, before the one that has committed can say so: the next may see these, or not.
     */
    private final Set<String> committing = new HashSet<>();

    Model(RollbackDataSource db, TestLoop loop, long seed) {
      this.db = db;
      this.loop = loop;
      this.seed = seed;
      random = new Random(seed);
    }

    /**
     * In any order, because databases sort by the rules of a language.
     *
     * @param own what else is seen, since the unit that looks has done it itself
     */
    void assertSees(List<String> rows, Set<String> own, String who) {
      Set<String> expected = new TreeSet<>(committed);
      expected.addAll(own);
      Set<String> missing = new TreeSet<>(expected);
      rows.forEach(missing::remove);
      Set<String> tooMany = new TreeSet<>(rows);
      tooMany.removeAll(expected);
      tooMany.removeAll(committing);
      assertThat(missing).as("not seen by %s under seed %d", who, seed).isEmpty();
      assertThat(tooMany).as("not committed, and seen by %s under seed %d", who, seed).isEmpty();
      assertThat(rows).as("seen by %s under seed %d", who, seed).doesNotHaveDuplicates();
    }

    @FunctionalInterface
    private interface Commit {
      void run() throws SQLException;
    }

    /** Commits what has been written. */
    private void keep(Commit commit, String... written) throws SQLException {
      List<String> rows = List.of(written);
      committing.addAll(rows);
      try {
        commit.run();
        committed.addAll(rows);
      } finally {
        rows.forEach(committing::remove);
      }
    }

    /** Lets all tasks do so many units each. */
    void doTasks(int units) {
      for (int task = 0; task < TASKS; task++) {
        String name = "task-" + task;
        loop.spawn(name, () -> doUnits(name, units));
      }
      loop.runUntilIdle();
    }

    private void doUnits(String task, int units) throws SQLException {
      for (int unit = 0; unit < units; unit++) {
        doUnit(task + "-" + unit);
        Thread.yield();
      }
    }

    private void doUnit(String name) throws SQLException {
      switch (random.nextInt(6)) {
        case 0 -> keep(() -> insert(db, name), name);
        case 1 -> commit(name);
        case 2 -> rollBack(name);
        case 3 -> fail(name);
        case 4 -> nest(name);
        default -> cancel(name);
      }
    }

    private void commit(String name) throws SQLException {
      try (Connection connection = transaction(name)) {
        if (random.nextInt(LOOKS_AMONG) == 0) {
          assertSees(notes(connection), Set.of(name), name);
        }
        keep(connection::commit, name);
      }
    }

    private void rollBack(String name) throws SQLException {
      try (Connection connection = transaction(name)) {
        if (random.nextBoolean()) {
          connection.rollback();
        }
      }
    }

    private void fail(String name) throws SQLException {
      try (Connection connection = transaction(name)) {
        run(connection, "insert into note(text) values (null)");
        keep(connection::commit, name);
      } catch (SQLException expected) {
        assertThat(expected.getMessage()).containsIgnoringCase("null");
      }
    }

    private void nest(String name) throws SQLException {
      try (Connection connection = transaction(name)) {
        Savepoint savepoint = connection.setSavepoint();
        insert(connection, name + "-inner");
        boolean undone = random.nextBoolean();
        if (undone) {
          connection.rollback(savepoint);
        }
        Thread.yield();
        if (undone) {
          keep(connection::commit, name);
        } else {
          keep(connection::commit, name, name + "-inner");
        }
      }
    }

    /** The task may be cancelled before, while and after it waits for the connection. */
    private void cancel(String name) {
      Task<Void> victim = loop.spawn(name, () -> commit(name));
      for (int yields = random.nextInt(4); yields > 0; yields--) {
        Thread.yield();
      }
      victim.cancel(true);
    }

    private Connection transaction(String name) throws SQLException {
      Connection connection = db.getConnection();
      try {
        connection.setAutoCommit(false);
        insert(connection, name);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      Thread.yield();
      return connection;
    }
  }
}
