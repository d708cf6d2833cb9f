package dev.standstill.probe;

import dev.standstill.agent.Loop;
import dev.standstill.agent.SelfAttach;
import java.util.ArrayList;
import java.util.List;

/**
 * Virtual threads that hand monitors to each other as fast as they can, pair by pair with wait and
 * notify and all together by contention. With an argument, the agent is loaded while they do; only
 * turns that are taken after that count.
 */
public final class HandOvers {

  private static final int PAIRS = 25;
  private static final int TURNS = 800;

  private static final Object contended = new Object();
  private static volatile boolean agentIsThere;
  private static int turns;

  private int left = TURNS;
  private boolean ping;

  private HandOvers() {}

  public static void main(String[] arguments) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      HandOvers pair = new HandOvers();
      threads.add(Thread.ofVirtual().name("task").start(() -> pair.play(true)));
      threads.add(Thread.ofVirtual().name("task").start(() -> pair.play(false)));
    }
    if (arguments.length > 0) {
      SelfAttach.attach();
    }
    Loop.open();
    agentIsThere = true;
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("turns=" + turns);
  }

  private void play(boolean mine) {
    while (takeTurn(mine)) {
      enterContended();
    }
  }

  private synchronized boolean takeTurn(boolean mine) {
    while (ping != mine && left > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("Nobody interrupts a player.", e);
      }
    }
    if (left == 0) {
      return false;
    }
    if (agentIsThere) {
      left--;
      count();
    }
    ping = !mine;
    notifyAll();
    return true;
  }

  private static void count() {
    synchronized (contended) {
      turns++;
    }
  }

  /** Yields inside the monitor, so that the others find it taken. */
  private static void enterContended() {
    synchronized (contended) {
      Thread.yield();
    }
  }
}
