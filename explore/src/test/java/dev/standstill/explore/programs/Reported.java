package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Programs of which the whole report is looked at: a change of a line here changes that. */
public final class Reported {

  private Reported() {}

  private static final class Account {
    private volatile int balance;
    private volatile String owner = "nobody";

    void deposit(int amount) {
      balance = balance + amount;
    }
  }

  /** Two threads deposit at a time. */
  public static void lostUpdate() throws InterruptedException {
    Account account = new Account();
    account.owner = "Ada";
    Together.run(() -> account.deposit(10), () -> account.deposit(20));
    int balance = account.balance;
    check(balance == 30, "money is lost: " + balance);
  }

  /** Two threads take two locks, each in its own order. */
  public static void lockBothWays() throws InterruptedException {
    Lock fork = new ReentrantLock();
    Lock knife = new ReentrantLock();
    Together.run(() -> eat(fork, knife), () -> eat(knife, fork));
  }

  private static void eat(Lock first, Lock second) {
    first.lock();
    second.lock();
    second.unlock();
    first.unlock();
  }

  /** Fails under each schedule. */
  public static void fails() {
    throw new IllegalStateException("as always");
  }

  /** Many threads deposit very often. */
  public static void crowd(int threads, int times) throws InterruptedException {
    Account account = new Account();
    Runnable deposits = () -> IntStream.range(0, times).forEach(time -> account.deposit(1));
    Together.run(IntStream.range(0, threads).mapToObj(thread -> deposits).toArray(Runnable[]::new));
    check(account.balance == threads * times, "money is lost");
  }
}
