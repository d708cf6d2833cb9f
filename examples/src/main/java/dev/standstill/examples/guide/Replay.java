package dev.standstill.examples.guide;

import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;

/** A lost update that some orders show, found by seed and repeated by token. */
public final class Replay {

  private Replay() {}

  // tag::code[]
  private int balance;

  private void deposit(int amount) {
    int before = balance;
    Thread.yield(); // anything that lets another task run
    balance = before + amount;
  }

  /** Returns what two deposits of 10 make. */
  private static int run(TestLoop loop) {
    var account = new Replay();
    loop.spawn("first", () -> account.deposit(10));
    loop.spawn("second", () -> account.deposit(10));
    loop.runUntilBlocked();
    return account.balance;
  }

  public static void main(String[] args) {
    List<String> failing = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      try (var loop = TestLoop.builder().seed(seed).open()) {
        if (run(loop) != 20) {
          failing.add(loop.replayToken().toString());
        }
      }
    }
    System.out.println(failing.size() + " of 100 seeds lose money; the first is " + failing.get(0));

    try (var loop = TestLoop.builder().replay(failing.get(0)).trace().open()) {
      System.out.println("replayed: " + run(loop));
      System.out.println(loop.trace());
    }
  }
  // end::code[]
}
