package dev.standstill.explore.programs;

/** A check and an act, each synchronized, but not both together. */
public final class Overdrawn {

  private int balance = 100;

  private Overdrawn() {}

  /**
   * Two take all the money.
   *
   * @throws IllegalStateException if both got it
   */
  public static void run() throws InterruptedException {
    Overdrawn account = new Overdrawn();
    Thread one = Thread.ofPlatform().start(account::takeAll);
    Thread other = Thread.ofVirtual().start(account::takeAll);
    one.join();
    other.join();
    if (account.balance() < 0) {
      throw new IllegalStateException("overdrawn");
    }
  }

  private void takeAll() {
    if (balance() >= 100) {
      take(100);
    }
  }

  private synchronized int balance() {
    return balance;
  }

  private synchronized void take(int amount) {
    balance -= amount;
  }
}
