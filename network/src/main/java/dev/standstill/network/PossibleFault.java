package dev.standstill.network;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One of the faults that {@link Chaos} may bring at a moment. Immutable.
 *
 * @param kind what goes wrong
 * @param host whom it befalls
 * @param other from 0 to before {@link #OTHERS}: which other host, or which of them, or how much
 * @param length for how many times the shortest time, 1 or more
 */
record PossibleFault(Fault kind, Host host, int other, int length) {

  static final int OTHERS = 256;

  private static final int LENGTHS = 8;

  /**
   * The fault of a number among those that there may be at a moment. There are many more than have
   * numbers, so that those of another moment are others.
   */
  static PossibleFault of(int moment, int number, List<Fault> kinds, List<Host> hosts) {
    SplittableRandom random = new SplittableRandom((long) moment << Integer.SIZE | number);
    return new PossibleFault(
        kinds.get(random.nextInt(kinds.size())),
        hosts.get(random.nextInt(hosts.size())),
        random.nextInt(OTHERS),
        1 + random.nextInt(LENGTHS));
  }
}
