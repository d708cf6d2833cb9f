/** Polls for a flag that nobody sets. */
public class PollsForEver {
  static volatile boolean flag;

  public static void main(String[] args) {
    while (!flag) Thread.yield();
  }
}
