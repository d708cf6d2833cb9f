package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop.Current;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which loop is current in which thread. Each test has threads of its own, which begin with none.
 */
class CurrentLoopTest {

  @AfterEach
  void restorePolicy() {
    EventLoop.setPolicy(LoopPolicy.standard());
  }

  /** Runs the body in a thread that has no loop. */
  private static void inThread(ThrowingRunnable body) throws Exception {
    inThread("worker", body);
  }

  private static void inThread(String name, ThrowingRunnable body) throws Exception {
    Threads.start(name, body).get();
  }

  @Test
  void firstLoopOpenedInAThreadBecomesCurrent() throws Exception {
    inThread(() -> {
      assertThat(EventLoop.currentIfPresent()).isEmpty();
      try (EventLoop first = EventLoop.open()) {
        assertThat(EventLoop.current()).isSameAs(first);
        assertThat(EventLoop.currentIfPresent()).containsSame(first);
      }
    });
  }

  @Test
  void laterLoopDoesNotBecomeCurrent() throws Exception {
    inThread(() -> {
      try (EventLoop first = EventLoop.open();
          EventLoop second = EventLoop.open("second")) {
        assertThat(EventLoop.current()).isSameAs(first).isNotSameAs(second);
      }
    });
  }

  @Test
  void laterLoopBecomesCurrentWhenAskedTo() throws Exception {
    inThread(() -> {
      try (EventLoop first = EventLoop.open();
          EventLoop second = EventLoop.open(Current.REPLACE)) {
        assertThat(EventLoop.current()).isSameAs(second).isNotSameAs(first);
      }
    });
  }

  @Test
  void askingToBecomeCurrentWhereThereIsOneCanBeRefused() throws Exception {
    inThread(() -> {
      try (EventLoop first = EventLoop.open("first", Current.REFUSE)) {
        assertThat(EventLoop.current()).isSameAs(first);
        assertThatThrownBy(() -> EventLoop.open("second", Current.REFUSE))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "Thread \"worker\" has a current loop already, EventLoop \"first\": use that, close"
                    + " it first, or open the new one with Current.REPLACE or Current.LEAVE.");
        assertThat(EventLoop.current()).isSameAs(first);
      }
    });
  }

  @Test
  void loopCanBeOpenedWithoutBecomingCurrent() throws Exception {
    inThread(() -> {
      try (EventLoop loop = EventLoop.open(Current.LEAVE)) {
        assertThat(EventLoop.currentIfPresent()).isEmpty();
        EventLoop.setCurrent(loop);
        assertThat(EventLoop.current()).isSameAs(loop);
        EventLoop.setCurrent(null);
        assertThat(EventLoop.currentIfPresent()).isEmpty();
      }
    });
  }

  @Test
  void loopWithAThreadOfItsOwnIsNotThatOfItsMaker() throws Exception {
    inThread(() -> {
      try (EventLoop loop = EventLoop.start("own")) {
        assertThat(EventLoop.currentIfPresent()).isEmpty();
        assertThat(loop.<EventLoop>run(EventLoop::current)).isSameAs(loop);
      }
    });
  }

  @Test
  void currentLoopOfATaskIsTheOneThatRunsIt() throws Exception {
    inThread(() -> {
      try (EventLoop first = EventLoop.open("first");
          EventLoop second = EventLoop.open("second")) {
        assertThat(EventLoop.current()).isSameAs(first);
        assertThat(second.<EventLoop>run(EventLoop::current)).isSameAs(second);
        assertThat(second.<Boolean>run(() -> EventLoop.running().get() == second)).isTrue();
        assertThat(EventLoop.running()).isEmpty();
      }
    });
  }

  @Test
  void taskCannotChangeItsCurrentLoop() throws Exception {
    inThread(() -> {
      try (EventLoop loop = EventLoop.open("first")) {
        loop.run(() -> {
          String refusal =
              "The current loop of task \"main\" is EventLoop \"first\", which runs it, and can be"
                  + " no other. Open a loop with Current.LEAVE here, or do this in a thread that is"
                  + " no task.";
          assertThatThrownBy(() -> EventLoop.open(Current.REPLACE)).hasMessage(refusal);
          assertThatThrownBy(() -> EventLoop.setCurrent(null)).hasMessage(refusal);
          try (EventLoop other = EventLoop.open("other")) {
            assertThat(EventLoop.current()).isSameAs(loop).isNotSameAs(other);
          }
        });
      }
    });
  }

  @Test
  void threadWithoutALoopIsRefusedOne() throws Exception {
    inThread(() ->
        assertThatThrownBy(EventLoop::current)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "Thread \"worker\" has no event loop: make one for it with EventLoop.open(), or give"
                    + " it one with EventLoop.setCurrent(loop), such as EventLoop.main()."));
  }

  @Test
  void virtualThreadThatIsNoTaskIsAThreadLikeOthers() throws Exception {
    List<Object> seen = new ArrayList<>();
    try (EventLoop loop = EventLoop.open(Current.LEAVE)) {
      Thread.startVirtualThread(
              () -> {
                seen.add(EventLoop.currentIfPresent().isPresent());
                EventLoop.setCurrent(loop);
                seen.add(EventLoop.current());
              })
          .join();
      assertThat(seen).containsExactly(false, loop);
    }
  }

  @Test
  void closedLoopIsNobodysCurrentLoop() throws Exception {
    inThread(() -> {
      EventLoop first = EventLoop.open("first");
      first.close();
      assertThat(EventLoop.currentIfPresent()).isEmpty();
      try (EventLoop second = EventLoop.open()) {
        assertThat(EventLoop.current()).isSameAs(second);
        assertThatThrownBy(() -> EventLoop.setCurrent(first))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "EventLoop \"first\" is closed, so it cannot become the current loop of thread"
                    + " \"worker\". Open a new one with EventLoop.open().");
      }
    });
  }

  @Test
  void loopThatAnotherThreadClosesIsNobodysCurrentLoopEither() throws Exception {
    inThread(() -> {
      EventLoop loop = EventLoop.open();
      inThread("closer", loop::close);
      assertThat(EventLoop.currentIfPresent()).isEmpty();
    });
  }

  @Test
  void mainLoopIsTheSameInEveryThread() throws Exception {
    var together = new CyclicBarrier(4);
    List<Threads.Running<EventLoop>> asking = new ArrayList<>();
    for (int i = 0; i < together.getParties(); i++) {
      asking.add(
          Threads.start(
              "asking-" + i,
              () -> {
                together.await();
                EventLoop main = EventLoop.main();
                assertThat(EventLoop.currentIfPresent()).isEmpty();
                return main;
              }));
    }
    for (Threads.Running<EventLoop> thread : asking) {
      assertThat(thread.get()).isSameAs(EventLoop.main());
    }
    assertThat(EventLoop.main().<EventLoop>run(EventLoop::main)).isSameAs(EventLoop.main());
  }

  @Test
  void mainLoopThatWasClosedIsFollowedByANewOne() {
    EventLoop first = EventLoop.main();
    first.close();
    assertThat(EventLoop.main()).isNotSameAs(first).isSameAs(EventLoop.main());
  }

  @Test
  void policyChoosesOnceForEachThread() throws Exception {
    List<String> asked = new ArrayList<>();
    EventLoop.setPolicy(thread -> {
      asked.add(thread.getName());
      return EventLoop.main();
    });
    inThread(() -> {
      assertThat(EventLoop.currentIfPresent()).isEmpty();
      assertThat(EventLoop.current()).isSameAs(EventLoop.main());
      assertThat(EventLoop.current()).isSameAs(EventLoop.main());
      assertThat(EventLoop.currentIfPresent()).containsSame(EventLoop.main());
    });
    assertThat(asked).containsExactly("worker");
  }

  @Test
  void policyThatReturnsNullIsToldOf() {
    EventLoop.setPolicy(
        new LoopPolicy() {
          @Override
          @SuppressWarnings("NullAway") // what it must not do
          public EventLoop loopFor(Thread thread) {
            return null;
          }

          @Override
          public String toString() {
            return "of nobody";
          }
        });
    var asked = Threads.start("asks", EventLoop::current);
    assertThatThrownBy(asked::get)
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The policy of nobody chose no loop (null) for thread \"asks\". It has to return an open loop, or to throw an exception that says why there is none.");
  }

  @Test
  void policyThatReturnsAClosedLoopIsToldOf() {
    EventLoop closed = EventLoop.open("closed", EventLoop.Current.LEAVE);
    closed.close();
    EventLoop.setPolicy(thread -> closed);
    var asked = Threads.start("asks", EventLoop::current);
    assertThatThrownBy(asked::get)
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chose EventLoop \"closed\", which is closed, for thread \"asks\"");
  }

  @Test
  void policyIsNotAskedWhereThereIsALoop() throws Exception {
    EventLoop.setPolicy(thread -> {
      throw new AssertionError("asked for " + thread);
    });
    inThread(() -> {
      try (EventLoop loop = EventLoop.open()) {
        assertThat(EventLoop.current()).isSameAs(loop);
        assertThat(loop.<EventLoop>run(EventLoop::current)).isSameAs(loop);
      }
    });
  }
}
