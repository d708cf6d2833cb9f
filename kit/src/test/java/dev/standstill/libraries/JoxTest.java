package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelDone;
import com.softwaremill.jox.ChannelDoneException;
import com.softwaremill.jox.ChannelErrorException;
import com.softwaremill.jox.Select;
import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.Timeout;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Channels of Jox between tasks: they end, are bounded and fair, and no value is lost. */
class JoxTest {

  private static final int SEEDS = 1_000;

  private static Task<List<Integer>> receiveAll(Channel<Integer> channel) {
    return EventLoop.current().spawn("receiver", channel::toList);
  }

  @Test
  void receiversEndAfterTheLastValueAndSendersAreTold() throws Exception {
    Loops.runOnEach(() -> {
      Channel<Integer> channel = Channel.newBufferedChannel(3);
      for (int i = 1; i <= 3; i++) {
        channel.send(i);
      }
      channel.done();
      assertThatThrownBy(() -> channel.send(4)).isInstanceOf(ChannelDoneException.class);
      assertThat(receiveAll(channel).get()).containsExactly(1, 2, 3);
      assertThat(channel.receiveOrClosed()).isInstanceOf(ChannelDone.class);
      return null;
    });
  }

  @Test
  void aReceiverThatWaitsIsToldOfTheEndAndOfAnError() throws Exception {
    Loops.runOnEach(() -> {
      Channel<Integer> channel = Channel.newBufferedDefaultChannel();
      Task<List<Integer>> receiver = receiveAll(channel);
      Thread.sleep(Duration.ofHours(1));
      channel.done();
      assertThat(receiver.get()).isEmpty();

      Channel<Integer> broken = Channel.newRendezvousChannel();
      Task<?> reader =
          EventLoop.current()
              .spawn(
                  "reader",
                  () ->
                      assertThatThrownBy(broken::receive)
                          .isInstanceOf(ChannelErrorException.class)
                          .hasCauseInstanceOf(IOException.class));
      Thread.sleep(Duration.ofHours(1));
      broken.error(new IOException("disk"));
      reader.get();
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofHours(2));
      return null;
    });
  }

  @Test
  void sendersWaitForSpaceAndGoInTurn() throws Exception {
    Loops.runOnEach(() -> {
      Channel<Integer> channel = Channel.newBufferedChannel(1);
      List<Task<?>> senders = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        int value = i;
        senders.add(EventLoop.current().spawn("sender-" + i, () -> channel.send(value)));
        Thread.sleep(1);
      }
      assertThat(senders).extracting(Task::isDone).containsExactly(true, false, false, false);
      for (int i = 1; i <= 4; i++) {
        assertThat(channel.receive()).isEqualTo(i);
      }
      return null;
    });
  }

  @Test
  void receiversGoInTurn() throws Exception {
    Loops.runOnEach(() -> {
      Channel<Integer> channel = Channel.newRendezvousChannel();
      List<Task<Integer>> receivers = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        receivers.add(EventLoop.current().spawn("receiver-" + i, channel::receive));
        Thread.sleep(1);
      }
      for (int i = 1; i <= 4; i++) {
        channel.send(i);
      }
      for (int i = 1; i <= 4; i++) {
        assertThat(receivers.get(i - 1).get()).isEqualTo(i);
      }
      return null;
    });
  }

  @Test
  void waitsEndWithALimitOfTime() throws Exception {
    Loops.runOnEach(() -> {
      Channel<Integer> channel = Channel.newRendezvousChannel();
      assertThatThrownBy(() -> Timeout.after(Duration.ofMinutes(1), channel::receive))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> Select.selectWithin(Duration.ofMinutes(1), channel.receiveClause()))
          .isInstanceOf(TimeoutException.class);
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofMinutes(2));
      return null;
    });
  }

  /** Whoever is cancelled has received its value or has taken none. */
  @Test
  void lawNoValueIsLostOrComesTwice() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      Channel<Integer> channel =
          random.nextBoolean()
              ? Channel.newRendezvousChannel()
              : Channel.newBufferedChannel(1 + random.nextInt(3));
      List<Integer> received = new ArrayList<>();
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Task<?> cancelled = loop.spawn("cancelled", () -> receive(channel, received));
        Task<?> other = loop.spawn("other", () -> receive(channel, received));
        int pause = random.nextInt(3);
        Task<?> sender =
            loop.spawn(
                "sender",
                () -> {
                  for (int i = 0; i < 10; i++) {
                    channel.send(i);
                    Thread.sleep(pause);
                  }
                  channel.done();
                });
        loop.advance(Duration.ofMillis(random.nextInt(10)));
        cancelled.cancel(true);
        loop.runUntilDone(sender);
        loop.runUntilDone(other);
      }
      assertThat(received)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
    }
  }

  private static void receive(Channel<Integer> channel, List<Integer> received)
      throws InterruptedException {
    while (channel.receiveOrClosed() instanceof Integer value) {
      received.add(value);
    }
  }

  @Test
  void aDeadlockShowsTheLineThatReceives() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      DeadlockException deadlock =
          catchThrowableOfType(
              DeadlockException.class,
              () -> loop.run(() -> Channel.<Integer>newBufferedChannel(1).receive()));

      assertThat(deadlock)
          .hasMessageStartingWith("Deadlock: 1 task is blocked")
          .hasMessageContaining("\"main\" is blocked on a queue since")
          .hasMessageContaining("JoxTest.lambda$aDeadlockShowsTheLineThatReceives$");
    }
  }

  @Test
  void itWorksInRealTime() throws Exception {
    try (EventLoop loop = EventLoop.open("real")) {
      List<Integer> received =
          loop.run(() -> {
            Channel<Integer> channel = Channel.newRendezvousChannel();
            Task<List<Integer>> receiver = receiveAll(channel);
            for (int i = 0; i < 100; i++) {
              channel.send(i);
            }
            channel.done();
            return receiver.get();
          });
      assertThat(received).hasSize(100).isSorted();
    }
  }
}
