package dev.standstill.bench;

import dev.standstill.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Executors that run one thing at a time, on a thread of their own. */
final class Workers {

  private Workers() {}

  static ExecutorService of(Contestant contestant) {
    return switch (contestant) {
      case JDK -> Executors.newVirtualThreadPerTaskExecutor();
      case EXECUTOR -> Executors.newSingleThreadExecutor();
      default -> scheduled(contestant);
    };
  }

  static ScheduledExecutorService scheduled(Contestant contestant) {
    return switch (contestant) {
      case LOOP -> EventLoop.start("bench");
      case EXECUTOR -> Executors.newSingleThreadScheduledExecutor();
      case NETTY -> new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
      default -> throw new IllegalArgumentException(contestant + " schedules nothing");
    };
  }
}
