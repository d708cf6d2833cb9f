package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token gives the same report in every JVM, down to the last letter. */
class FreshJvmsTest {

  /** Its message shows identity hash codes, the order of maps that go by them, and UUIDs. */
  private static final String SHOP =
      """
      import java.time.LocalTime;
      import java.time.ZoneOffset;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;

      static final class Order {
        final UUID id = UUID.randomUUID();
      }

      static final Map<Order, UUID> byIdentity =
          Collections.synchronizedMap(new IdentityHashMap<>());
      static final Map<Object, Thread> byHash = Collections.synchronizedMap(new HashMap<>());
      static final AtomicInteger stock = new AtomicInteger(1);
      static final AtomicInteger sold = new AtomicInteger();
      static final AtomicInteger ticks = new AtomicInteger();

      static void order() throws InterruptedException {
        Order order = new Order();
        byIdentity.put(order, order.id);
        byHash.put(new Object(), Thread.currentThread());
        Thread.sleep(1);
        if (stock.get() > 0) {
          stock.decrementAndGet();
          sold.incrementAndGet();
        }
      }

      void main() throws Exception {
        Timer timer = new Timer("timer", true);
        timer.schedule(new TimerTask() {
          @Override
          public void run() {
            ticks.incrementAndGet();
          }
        }, 1, 1);
        ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
        scheduled.scheduleWithFixedDelay(ticks::incrementAndGet, 1, 2, TimeUnit.MILLISECONDS);
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
          for (int i = 0; i < 3; i++) {
            pool.submit(() -> {
              order();
              return null;
            });
          }
          asked.add(CompletableFuture.runAsync(() -> byHash.put(new Object(), Thread.currentThread())));
          asked.forEach(CompletableFuture::join);
        }
        scheduled.shutdownNow();
        if (sold.get() > 1) {
          throw new IllegalStateException(
              "sold " + sold + " of 1 at " + LocalTime.now(ZoneOffset.UTC) + ", " + ticks + " ticks: "
                  + byIdentity + byHash + new Random().nextInt());
        }
      }
      """;

  private static final Pattern TOKEN = Pattern.compile("standstill replay (\\S+) ");

  @TempDir private Path directory;

  @Test
  void aFewPrintTheSameReport() throws Exception {
    assertSameReportIn(3);
  }

  @Test
  @Tag("slow")
  void twentyPrintTheSameReport() throws Exception {
    assertSameReportIn(20);
  }

  private void assertSameReportIn(int jvms) throws Exception {
    Path program = SourceFile.write(directory, "Shop.java", SHOP);
    Child.Result found = run("explore", "--failures=none", "--schedules=5000", program.toString());
    Matcher token = TOKEN.matcher(found.out());
    assertThat(token.find()).as("%s", found).isTrue();
    String first = replay(token.group(1), program);

    assertThat(first)
        .startsWith("1 schedule: it fails.\n")
        .contains("IllegalStateException: sold 2 of 1 at ", "Order@")
        .contains("decide")
        .doesNotContain("is not the one that the token was made of");
    assertThat(found.out())
        .as("the message")
        .contains(first.lines().skip(2).findFirst().orElseThrow());
    for (int jvm = 1; jvm < jvms; jvm++) {
      assertThat(replay(token.group(1), program)).as("JVM %d", jvm).isEqualTo(first);
    }
  }

  private static String replay(String token, Path program) throws Exception {
    Child.Result result = run("replay", token, program.toString());
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    return result.out();
  }

  private static Child.Result run(String... arguments) throws Exception {
    return Jvm.run(List.of(Jvm.agent()), Main.class, arguments);
  }
}
