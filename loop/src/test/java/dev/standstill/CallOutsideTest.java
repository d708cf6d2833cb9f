package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.children.Child;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files are read, written and walked outside the loop, which runs other tasks meanwhile. */
class CallOutsideTest {

  @TempDir Path folder;

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(Child.run(new ProcessBuilder("mkfifo", pipe.toString())).status()).isZero();
    return pipe;
  }

  @Test
  void oneCallWritesReadsWalksAndDeletes() throws Exception {
    try (EventLoop loop = EventLoop.open("files")) {
      Path file = folder.resolve("report");
      loop.run(() -> {
        EventLoop.callOutside(() -> Files.writeString(file, "all is well"));
        String text = EventLoop.callOutside(() -> Files.readString(file));
        assertThat(text).isEqualTo("all is well");
        List<Path> all =
            EventLoop.callOutside(() -> {
              try (Stream<Path> paths = Files.walk(folder)) {
                return paths.toList();
              }
            });
        assertThat(all).containsExactly(folder, file);
        EventLoop.callOutside(() -> Files.delete(file));
        assertThat(file).doesNotExist();
      });
    }
  }

  @Test
  void whatItThrowsComesAsItIs() {
    try (EventLoop loop = EventLoop.open("files")) {
      assertThatThrownBy(() ->
              loop.run(() -> EventLoop.callOutside(() -> Files.readString(folder.resolve("no")))))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() ->
              loop.run(() ->
                  EventLoop.callOutside(() -> {
                    throw new AssertionError("as it is");
                  })))
          .isInstanceOf(AssertionError.class)
          .hasMessage("as it is");
    }
  }

  @Test
  void aThreadThatIsNoTaskRunsItItself() throws Exception {
    Thread here = Thread.currentThread();
    assertThat(EventLoop.callOutside(Thread::currentThread)).isSameAs(here);
  }

  @Test
  void itRunsOnAThreadOfNoLoop() throws Exception {
    try (EventLoop loop = EventLoop.open("files")) {
      assertThat(loop.run(() -> EventLoop.callOutside(EventLoop::running))).isEmpty();
    }
  }

  /** One task reads what another writes, which a loop that is held up never would. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void otherTasksGoOnMeanwhile() throws Exception {
    Path pipe = pipe();
    try (EventLoop loop = EventLoop.open("files")) {
      String read =
          loop.run(() -> {
            Task<String> reader =
                loop.spawn("reader", () -> EventLoop.callOutside(() -> Files.readString(pipe)));
            EventLoop.callOutside(() -> Files.writeString(pipe, "through the pipe"));
            return reader.get();
          });
      assertThat(read).isEqualTo("through the pipe");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLimitLeavesAFileThatNeverAnswers() throws Exception {
    Path pipe = pipe();
    try (EventLoop loop = EventLoop.open("files")) {
      assertThatThrownBy(() ->
              loop.run(() ->
                  Timeout.after(
                      Duration.ofMillis(50),
                      () -> EventLoop.callOutside(() -> Files.readString(pipe)))))
          .isInstanceOf(TimeoutException.class);
    }
    new RandomAccessFile(pipe.toFile(), "rw").close(); // lets the thread outside end
  }

  @Test
  void aCancelInterruptsTheThreadOutsideAndItsFailureIsLogged() throws Exception {
    var begun = new CountDownLatch(1);
    try (var log = new LogRecords();
        EventLoop loop = EventLoop.start("files")) {
      Task<?> task =
          loop.spawn(
              "cancelled",
              () ->
                  EventLoop.callOutside(() -> {
                    begun.countDown();
                    try {
                      Thread.sleep(Duration.ofDays(1));
                    } catch (InterruptedException e) {
                      throw new IllegalStateException("the file is half written");
                    }
                  }));
      begun.await();
      task.cancel(true);

      var record = log.take();
      assertThat(record.getMessage())
          .isEqualTo(
              "What task \"cancelled\" had called outside its loop failed after the task was"
                  + " interrupted and went on without it.");
      assertThat(record.getThrown()).hasMessage("the file is half written");
    }
  }

  @Test
  void aTaskThatIsInterruptedAlreadyCallsNothing() throws Exception {
    try (EventLoop loop = EventLoop.open("files")) {
      boolean[] called = {false};
      loop.run(() -> {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> EventLoop.callOutside(() -> called[0] = true))
            .isInstanceOf(InterruptedException.class);
      });
      assertThat(called[0]).isFalse();
    }
  }
}
