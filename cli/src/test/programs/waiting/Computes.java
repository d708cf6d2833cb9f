/** Computes for ever beside a program that would get on. */
public class Computes {
  static long count;

  public static void main(String[] args) throws Exception {
    Thread worker = new Thread(Computes::compute, "worker");
    worker.start();
    Thread.sleep(1_000);
    System.out.println("slept");
  }

  static void compute() {
    while (true) {
      count++;
    }
  }
}
