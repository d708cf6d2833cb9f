package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.util.ArrayList;
import java.util.List;

/** Virtual threads that hand monitors to each other as fast as they can. */
public final class HandOvers {

  private static final int PAIRS = 25;
  private static final int ROUNDS = 400;

  private static final Object contended = new Object();
  private static int entered;

  private boolean ping;

  private HandOvers() {}

  public static void main(String[] arguments) throws Exception {
    Loop.open();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      HandOvers pair = new HandOvers();
      threads.add(Thread.ofVirtual().name("task").start(() -> pair.play(true)));
      threads.add(Thread.ofVirtual().name("task").start(() -> pair.play(false)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("entered=" + entered);
  }

  private void play(boolean mine) {
    for (int i = 0; i < ROUNDS; i++) {
      takeTurn(mine);
      enterContended();
    }
  }

  private synchronized void takeTurn(boolean mine) {
    while (ping != mine) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("Nobody interrupts a player.", e);
      }
    }
    ping = !mine;
    notifyAll();
  }

  /** Yields inside the monitor, so that the others find it taken. */
  private static void enterContended() {
    synchronized (contended) {
      entered++;
      Thread.yield();
    }
  }
}
