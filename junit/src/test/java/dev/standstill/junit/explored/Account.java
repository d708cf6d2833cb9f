package dev.standstill.junit.explored;

/** Of a program: nothing locks what two threads book. */
public final class Account {

  private int balance;

  /** Made for tests. */
  public Account() {}

  /** One read and one write. */
  public void add(int amount) {
    balance += amount;
  }

  public int balance() {
    return balance;
  }
}
