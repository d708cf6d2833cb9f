package dev.standstill.explore.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Programs in which two steps belong together, and others get between them. */
public final class Races {

  private Races() {}

  private static final class Counter {
    private volatile int visible;
    private int plain;

    void incrementVisible() {
      visible = visible + 1;
    }

    void incrementPlain() {
      plain = plain + 1;
    }
  }

  /** Two threads increment a volatile counter. */
  public static void lostUpdate() throws InterruptedException {
    Counter counter = new Counter();
    Together.run(counter::incrementVisible, counter::incrementVisible);
    check(counter.visible == 2, "counted " + counter.visible);
  }

  /** The same, two hundred times each, among very many other accesses. */
  public static void lostUpdateAmong(int others) throws InterruptedException {
    Counter counter = new Counter();
    Turns turns = new Turns();
    Runnable busy =
        () -> {
          for (int i = 0; i < others; i++) {
            turns.take(-1);
            if (i % (others / 200) == 0) {
              counter.incrementVisible();
            }
          }
        };
    Together.run(busy, busy);
    check(counter.visible == 400, "counted too few");
  }

  /** The same with a field that nothing makes visible to other threads. */
  public static void lostUpdateOfPlainField() throws InterruptedException {
    Counter counter = new Counter();
    Together.run(counter::incrementPlain, counter::incrementPlain);
    check(counter.plain == 2, "counted " + counter.plain);
  }

  /** Two threads add what is missing from a map. */
  public static void checkThenAct() throws InterruptedException {
    ConcurrentMap<String, Integer> stock = new ConcurrentHashMap<>();
    AtomicInteger made = new AtomicInteger();
    Runnable order =
        () -> {
          if (!stock.containsKey("apple")) {
            stock.put("apple", made.incrementAndGet());
          }
        };
    Together.run(order, order);
    check(made.get() == 1, "made " + made);
  }

  /** A stack whose nodes are used again (R. K. Treiber's, with the flaw of its first form). */
  public static void abaOnAStack() throws InterruptedException {
    Stack stack = new Stack();
    Node bottom = new Node(1, null);
    Node top = new Node(2, bottom);
    stack.top.set(top);
    List<Integer> popped = new ArrayList<>();
    Together.run(
        () -> {
          Node taken = stack.pop();
          synchronized (popped) {
            popped.add(taken == null ? 0 : taken.value);
          }
        },
        () -> {
          Node first = stack.pop();
          Node second = stack.pop();
          if (first != null && second != null) {
            stack.push(first);
          }
        });
    int left = 0;
    for (Node node = stack.top.get(); node != null; node = node.next) {
      left++;
    }
    check(left <= 1 && !(left == 1 && popped.contains(0)), "left " + left + ", popped " + popped);
  }

  private static final class Node {
    private final int value;
    private volatile Node next;

    Node(int value, Node next) {
      this.value = value;
      this.next = next;
    }
  }

  private static final class Stack {
    private final AtomicReference<Node> top = new AtomicReference<>();

    void push(Node node) {
      Node below;
      do {
        below = top.get();
        node.next = below;
      } while (!top.compareAndSet(below, node));
    }

    Node pop() {
      while (true) {
        Node taken = top.get();
        if (taken == null) {
          return null;
        }
        Node below = taken.next;
        if (top.compareAndSet(taken, below)) {
          return taken;
        }
      }
    }
  }

  private static final class Turns {
    private volatile int turn;

    void take(int own) {
      if (turn == own) {
        turn = own + 1;
      }
    }
  }

  /** Fails only if two threads take turns exactly six times, one step each. */
  public static void needle() throws InterruptedException {
    Turns turns = new Turns();
    Together.run(
        () -> {
          for (int step = 0; step < 6; step += 2) {
            turns.take(step);
          }
        },
        () -> {
          for (int step = 1; step < 6; step += 2) {
            turns.take(step);
          }
        });
    check(turns.turn < 6, "six turns");
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
