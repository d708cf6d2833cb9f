package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Parks in class initializers, whose native frame pins the virtual thread. */
public final class PinnedPark {

  private static final List<Long> offered = new ArrayList<>();

  private PinnedPark() {}

  public static void main(String[] arguments) throws Exception {
    Loop.parkPinned =
        nanos -> {
          offered.add(nanos);
          return true;
        };
    Loop.open();
    Loop.call(() -> new Untimed());
    Loop.call(() -> new Timed());
    System.out.println("offered=" + offered);
    Loop.parkPinned = _ -> false;
    Loop.call(() -> new Refused());
    System.out.println("refused=returned");
  }

  private static final class Untimed {
    static {
      LockSupport.park();
    }
  }

  private static final class Timed {
    static {
      LockSupport.parkNanos(1_000_000_000_000L);
    }
  }

  private static final class Refused {
    static {
      LockSupport.parkNanos(1);
    }
  }
}
