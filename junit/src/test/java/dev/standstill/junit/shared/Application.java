package dev.standstill.junit.shared;

import dev.standstill.EventLoop;
import dev.standstill.junit.spi.ApplicationStart;
import dev.standstill.junit.spi.LoopOwner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Does something every minute, in a thread of its own, until it is closed. */
final class Application implements LoopOwner {

  private static final Map<String, Application> ALL = new ConcurrentHashMap<>();

  private final String name;
  private volatile Thread heart;
  private volatile int beats;
  private volatile Optional<EventLoop> closedOn = Optional.empty();

  private Application(String name) {
    this.name = name;
  }

  static Application named(String name) {
    return ALL.computeIfAbsent(name, Application::new);
  }

  /** Starts it unless it runs; {@code slowly} is what it waits for before. */
  void start(Runnable slowly) {
    if (heart == null) {
      ApplicationStart.begins();
      slowly.run();
      heart = new Thread(this::beat, "heart of " + name);
      heart.start();
    }
  }

  void start() {
    start(() -> {});
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(60_000);
        beats++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int beats() {
    return beats;
  }

  /** The loop whose task has closed it last. */
  Optional<EventLoop> closedOn() {
    return closedOn;
  }

  @Override
  public boolean isAlive() {
    return heart != null;
  }

  @Override
  public boolean servesOnNetwork() {
    return false;
  }

  @Override
  public void close() throws InterruptedException {
    closedOn = EventLoop.running();
    heart.interrupt();
    heart.join();
    heart = null;
  }

  @Override
  public String toString() {
    return "application " + name;
  }
}
