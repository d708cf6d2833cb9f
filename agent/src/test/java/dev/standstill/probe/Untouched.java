package dev.standstill.probe;

/** A program that has nothing to do with loops. */
public final class Untouched {

  private Untouched() {}

  public static void main(String[] arguments) {
    System.out.println("hello");
  }
}
