import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Values of a map that are computed from others of the same map, in a circle. */
public class CacheCycle {
  private static final Map<String, String> FROM = Map.of("net", "gross", "gross", "net");
  private static final ConcurrentHashMap<String, Integer> PRICES = new ConcurrentHashMap<>();

  private static int price(String what) {
    return PRICES.computeIfAbsent(what, CacheCycle::load);
  }

  private static int load(String what) {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return 1 + price(FROM.get(what));
  }

  public static void main(String[] args) throws InterruptedException {
    Thread one = new Thread(() -> price("net"), "one");
    Thread two = new Thread(() -> price("gross"), "two");
    one.start();
    two.start();
    one.join();
    two.join();
  }
}
