package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a socket, which are remembered; a few have an effect. */
final class SocketOptions {

  /** Levels and options as Linux numbers them. */
  private static final int SOCKET = 1;

  static final int REUSE_ADDRESS = 2;
  static final int URGENT_INLINE = 10;
  private static final int SEND_BUFFER = 7;
  private static final int RECEIVE_BUFFER = 8;
  private static final int LINGER = 13;
  static final int REUSE_PORT = 15;

  private static final int INTERNET = 0;
  private static final int HOPS_OF_GROUPS = 33;
  private static final int GROUPS_HEAR_THEMSELVES = 34;

  private static final int STREAM = 6;
  private static final int IDLE_TIME = 4;
  private static final int PROBE_INTERVAL = 5;
  private static final int PROBES = 6;
  private static final int QUICK = 12;
  private static final int IDLE_SECONDS = 7200;
  private static final int INTERVAL_SECONDS = 75;
  private static final int PROBE_COUNT = 9;

  private static final int INTERNET_6 = 41;
  private static final int HOPS_OF_GROUPS_6 = 18;
  private static final int GROUPS_HEAR_THEMSELVES_6 = 19;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final int NOT_SET = -1;

  private final Map<Long, Integer> values = new HashMap<>();

  int get(int level, int option) {
    return values.getOrDefault(key(level, option), unset(level, option));
  }

  private static int unset(int level, int option) {
    return switch (level) {
      case SOCKET ->
          switch (option) {
            case SEND_BUFFER, RECEIVE_BUFFER -> BUFFER_BYTES;
            case LINGER -> NOT_SET;
            default -> 0;
          };
      case INTERNET -> option == HOPS_OF_GROUPS || option == GROUPS_HEAR_THEMSELVES ? 1 : 0;
      case INTERNET_6 -> option == HOPS_OF_GROUPS_6 || option == GROUPS_HEAR_THEMSELVES_6 ? 1 : 0;
      case STREAM ->
          switch (option) {
            case IDLE_TIME -> IDLE_SECONDS;
            case PROBE_INTERVAL -> INTERVAL_SECONDS;
            case PROBES -> PROBE_COUNT;
            case QUICK -> 1;
            default -> 0;
          };
      default -> 0;
    };
  }

  void set(int level, int option, int value) {
    values.put(key(level, option), value);
  }

  boolean isSet(int option) {
    return get(SOCKET, option) > 0;
  }

  /** Whether closing is to drop what is on its way. */
  boolean lingersNot() {
    return get(SOCKET, LINGER) == 0;
  }

  /** All that were set, in the order in which they are numbered. */
  List<SocketKernel.Option> all() {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(set ->
            new SocketKernel.Option(
                (int) (set.getKey() >> Integer.SIZE), set.getKey().intValue(), set.getValue()))
        .toList();
  }

  private static long key(int level, int option) {
    return (long) level << Integer.SIZE | option;
  }
}
