package dev.standstill.jdbc;

import static dev.standstill.jdbc.TestDatabase.insert;
import static dev.standstill.jdbc.TestDatabase.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Task;
import dev.standstill.probe.Transfer;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A unit of work that waits for who waits for the connection is a deadlock, and told as one. */
class DeadlockTest extends ScopedTest {

  private Duration deadlockLimit = Duration.ofMillis(100);

  @Override
  RollbackDataSource dataSource() {
    return super.dataSource().deadlockLimit(deadlockLimit);
  }

  @Test
  void onATestLoopItIsAStandstillToldAtOnceWithAllStacks() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() -> loop.run(new Transfer(db)::gatherInsideATransaction))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("is blocked on a lock (ConnectionTurn#1) of \"main\"")
          .hasMessageContaining("at dev.standstill.probe.Transfer.gatherInsideATransaction")
          .hasMessageContaining("at dev.standstill.probe.Transfer.query");

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void cycleOfTheConnectionAndALockIsShown() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() -> loop.run(new Transfer(db)::lockInsideATransaction))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining(
              """
              Cycle: "main" holds ConnectionTurn#1, wants ReentrantLock#1
                   → "other" holds ReentrantLock#1, wants ConnectionTurn#1
              """);
    }
  }

  @Test
  void holderThatWaitsLongForATimerIsNone() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      Transfer transfer = new Transfer(db);
      Task<Void> holder = loop.spawn("holder", () -> transfer.awaitInsideATransaction(begun, done));
      Task<Void> waits = loop.spawn("waits", () -> insert(db, "waited"));
      loop.schedule(done::countDown, Duration.ofHours(1));
      loop.runUntilIdle();

      holder.get();
      waits.get();
      assertThat(notes(db)).containsExactly("held", "waited");
    }
  }

  @Test
  void taskThatEndedWithItsUnitOpenIsNamed() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Connection> forgetful = loop.spawn("forgetful", this::beginAndForget);
      loop.runUntilBlocked();

      assertThatThrownBy(() -> loop.run(() -> insert(db, "waits")))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("a lock (ConnectionTurn#1) of \"forgetful\"");
      forgetful.get().close();
    }
  }

  @Test
  void secondUnitOfTheSameThreadIsToldAtOnce() throws SQLException {
    try (Connection first = beginAndForget();
        Connection second = db.getConnection()) {
      assertThatThrownBy(() -> insert(second, "second"))
          .isInstanceOf(SQLTransactionRollbackException.class)
          .hasMessageContaining("a second unit of work")
          .satisfies(deadlock -> showsWhereTheUnitBegan(deadlock));
      first.rollback();
    }
  }

  @Test
  void threadsAreToldAfterTheLimitWithBothStacks() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    FutureTask<Void> holder = startHolder(done);

    assertThatThrownBy(() -> insertInThread("waits"))
        .isInstanceOf(SQLTransactionRollbackException.class)
        .hasMessageContaining("waits for the unit of work of thread \"holder\"")
        .hasMessageContaining("has been blocked for PT0.1S")
        .satisfies(deadlock ->
            assertThat(deadlock.getSuppressed()[0].getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("awaitInsideATransaction"));
    done.countDown();
    holder.get();
    assertThat(notes(db)).containsExactly("held");
  }

  @Test
  void threadThatEndedWithItsUnitOpenIsNamedToo() throws Exception {
    FutureTask<Connection> forgetful = new FutureTask<>(this::beginAndForget);
    Thread.ofPlatform().name("forgetful").start(forgetful).join();

    assertThatThrownBy(() -> insertInThread("waits"))
        .hasMessageContaining(
            "of thread \"forgetful\", begun where the cause shows, which has ended")
        .satisfies(deadlock -> showsWhereTheUnitBegan(deadlock));
    forgetful.get().close();
  }

  @Test
  void threadThatOnlyItselfCouldLetTheHolderGoOnIsTold() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn(
          "sleeper",
          () -> {
            try (Connection connection = beginAndForget()) {
              Thread.sleep(Duration.ofMinutes(1));
              connection.commit();
            }
          });
      loop.runUntilBlocked();

      assertThatThrownBy(() -> insertInThread("waits"))
          .hasMessageContaining("of thread \"sleeper\"")
          .hasMessageContaining("goes on only when somebody drives TestLoop \"test\"");
      loop.runUntilIdle();
    }
    assertThat(notes(db)).containsExactly("held");
  }

  /** The watch would refuse the next one, too, as soon as it looks; so it is left out. */
  @Test
  void whoIsRefusedLeavesTheQueueToTheOthers() throws Exception {
    scope.close();
    deadlockLimit = Duration.ofDays(1);
    begin();
    CountDownLatch done = new CountDownLatch(1);
    FutureTask<Void> holder = startHolder(done);
    FutureTask<Void> refused = queueToInsert("refused");
    scope.shared().turn().refuseFirst();
    assertThatThrownBy(refused::get).hasCauseInstanceOf(SQLTransactionRollbackException.class);

    FutureTask<Void> next = queueToInsert("next");
    done.countDown();
    holder.get();
    next.get();
    assertThat(notes(db)).containsExactly("held", "next");
  }

  /** Returns when the thread that inserts is in the queue for the connection. */
  private FutureTask<Void> queueToInsert(String text) {
    FutureTask<Void> insert = new FutureTask<>(() -> insertInThread(text));
    Thread thread = Thread.ofVirtual().start(insert);
    while (!scope.shared().turn().isQueued(thread)) {
      Thread.onSpinWait();
    }
    return insert;
  }

  @Test
  void limitHasToBeAboveZero() {
    assertThatThrownBy(() -> db.deadlockLimit(Duration.ZERO))
        .hasMessage("The deadlock limit has to be above 0, not PT0S");
  }

  private Connection beginAndForget() throws SQLException {
    Connection connection = db.getConnection();
    connection.setAutoCommit(false);
    insert(connection, "held");
    return connection;
  }

  private static void showsWhereTheUnitBegan(Throwable deadlock) {
    assertThat(deadlock).hasCauseInstanceOf(StackOf.class);
    assertThat(deadlock.getCause().getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .contains("beginAndForget");
  }

  /** Returns when it has the connection. */
  private FutureTask<Void> startHolder(CountDownLatch done) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Void> holder =
        new FutureTask<>(() -> {
          new Transfer(db).awaitInsideATransaction(begun, done);
          return null;
        });
    Thread.ofPlatform().name("holder").start(holder);
    begun.await();
    return holder;
  }

  private Void insertInThread(String text) throws SQLException {
    try (Connection connection = db.getConnection()) {
      insert(connection, text);
    }
    return null;
  }
}
