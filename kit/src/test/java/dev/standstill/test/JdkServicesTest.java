package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks wait for threads of the JDK that live in no loop, and none is taken for dead. */
class JdkServicesTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;

  @RepeatedTest(40)
  void aFileThatATaskWritesIsSeen() throws Exception {
    try (TestLoop loop = TestLoop.open();
        WatchService watch = FileSystems.getDefault().newWatchService()) {
      loop.run(() -> {
        directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        loop.spawn("writer", () -> Files.createFile(directory.resolve("new")));
        assertThat(watch.take().pollEvents()).hasSize(1);
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @RepeatedTest(40)
  void aServiceOfTheLoopItselfSeesFilesThatAreWrittenLater() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
          directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
          loop.spawn(
              "writer",
              () -> {
                Thread.sleep(HOUR);
                Files.createFile(directory.resolve("new"));
              });
          assertThat(watch.take().pollEvents()).hasSize(1);
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @Test
  void aWatchThatHasATimeOutEndsInVirtualTime() throws Exception {
    try (TestLoop loop = TestLoop.open();
        WatchService watch = FileSystems.getDefault().newWatchService()) {
      WatchKey none =
          loop.run(() -> {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            return watch.poll(1, TimeUnit.HOURS);
          });

      assertThat(none).isNull();
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @Test
  void aWatchInTheBackgroundHoldsNothingUp() throws Exception {
    try (TestLoop loop = TestLoop.open();
        WatchService watch = FileSystems.getDefault().newWatchService()) {
      loop.background().spawn("watcher", () -> watch.take());

      loop.runUntilIdle();
      loop.advance(HOUR);

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @Test
  void aFileThatNobodyOfTheLoopCanWriteIsWaitedForAsTheOutside() throws Exception {
    try (TestLoop loop = TestLoop.builder().realTimeLimit(Duration.ofMillis(200)).open();
        WatchService watch = FileSystems.getDefault().newWatchService()) {
      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(() -> loop.run(() -> watch.take()))
          .withMessageContaining("waits for a file to change");
    }
  }

  @RepeatedTest(40)
  void asynchronousChannelsOfTheDefaultGroupTalkOnALoop() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (var server = AsynchronousServerSocketChannel.open();
            var client = AsynchronousSocketChannel.open()) {
          server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          var accepted = server.accept();
          client.connect(server.getLocalAddress()).get();
          try (var peer = accepted.get()) {
            loop.spawn(
                "peer",
                () -> {
                  Thread.sleep(HOUR);
                  peer.write(ByteBuffer.wrap(new byte[1])).get();
                });
            assertThat(client.read(ByteBuffer.allocate(1)).get()).isEqualTo(1);
          }
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @RepeatedTest(40)
  void handlersOfTheDefaultGroupAreWaitedFor() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (var server = AsynchronousServerSocketChannel.open();
            var client = AsynchronousSocketChannel.open()) {
          server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          var accepted = new Result<AsynchronousSocketChannel>();
          server.accept(null, accepted);
          var connected = new Result<Void>();
          client.connect(server.getLocalAddress(), null, connected);
          connected.await();
          try (var peer = accepted.await()) {
            loop.spawn(
                "peer",
                () -> {
                  Thread.sleep(HOUR);
                  peer.write(ByteBuffer.wrap(new byte[1])).get();
                });
            var read = new Result<Integer>();
            client.read(ByteBuffer.allocate(1), null, read);
            assertThat(read.await()).isEqualTo(1);
          }
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @RepeatedTest(40)
  void aHandlerThatGoesOnByItselfIsWaitedFor() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (var server = AsynchronousServerSocketChannel.open();
            var client = AsynchronousSocketChannel.open()) {
          server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          var accepted = server.accept();
          client.connect(server.getLocalAddress()).get();
          try (var peer = accepted.get()) {
            var read = new Result<Integer>();
            client.read(ByteBuffer.allocate(1), null, readOnceMore(client, read));
            loop.spawn(
                "peer",
                () -> {
                  for (int i = 0; i < 2; i++) {
                    Thread.sleep(HOUR);
                    peer.write(ByteBuffer.wrap(new byte[1])).get();
                  }
                });
            assertThat(read.await()).isEqualTo(1);
          }
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR).plus(HOUR));
    }
  }

  private static CompletionHandler<Integer, Void> readOnceMore(
      AsynchronousSocketChannel channel, CompletionHandler<Integer, Void> then) {
    return new CompletionHandler<>() {
      @Override
      public void completed(Integer result, Void attachment) {
        channel.read(ByteBuffer.allocate(1), null, then);
      }

      @Override
      public void failed(Throwable failure, Void attachment) {
        then.failed(failure, attachment);
      }
    };
  }

  @Test
  void aHandlerThatNothingCallsIsWaitedForAsTheOutside() throws Exception {
    try (TestLoop loop = TestLoop.builder().realTimeLimit(Duration.ofMillis(200)).open();
        var server = AsynchronousServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var accepted = new Result<AsynchronousSocketChannel>();

      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                server.accept(null, accepted);
                accepted.await();
              }))
          .withMessageContaining("its limit: an asynchronous channel.");
    }
  }

  @RepeatedTest(40)
  void filesAreReadAsynchronously() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[8]);
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (var channel = AsynchronousFileChannel.open(file)) {
          assertThat(channel.read(ByteBuffer.allocate(8), 0).get()).isEqualTo(8);
          var read = new Result<Integer>();
          channel.read(ByteBuffer.allocate(8), 0, null, read);
          assertThat(read.await()).isEqualTo(8);
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void filesAreReadAsynchronouslyTwoAtATime() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[8]);
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (var channel = AsynchronousFileChannel.open(file)) {
          for (int i = 0; i < 200; i++) {
            var one = channel.read(ByteBuffer.allocate(8), 0);
            var other = channel.read(ByteBuffer.allocate(4), 0);
            assertThat(one.get()).isEqualTo(8);
            assertThat(other.get()).isEqualTo(4);
          }
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  /** What a handler was told. */
  private static final class Result<V> implements CompletionHandler<V, Void> {

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile V value;
    private volatile Throwable failure;

    @Override
    public void completed(V value, Void attachment) {
      this.value = value;
      done.countDown();
    }

    @Override
    public void failed(Throwable failure, Void attachment) {
      this.failure = failure;
      done.countDown();
    }

    V await() throws InterruptedException {
      done.await();
      assertThat(failure).isNull();
      return value;
    }
  }
}
