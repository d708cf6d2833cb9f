package dev.standstill.jdk.sockets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Answers {@code jdk.net.LinuxSocketOptions}: options of Linux only. Levels are Linux's. */
final class LinuxOptionCalls {

  private static final int INTERNET = 0;
  private static final int DISCOVERS = 10; // IP_MTU_DISCOVER
  private static final int STREAM = 6;
  private static final int IDLE_TIME = 4;
  private static final int INTERVAL = 5;
  private static final int PROBES = 6;
  private static final int QUICK = 12;

  private LinuxOptionCalls() {}

  static void setTcpKeepAliveProbes0(int file, int value) throws IOException {
    set(file, STREAM, PROBES, value);
  }

  static void setTcpKeepAliveTime0(int file, int value) throws IOException {
    set(file, STREAM, IDLE_TIME, value);
  }

  static void setTcpKeepAliveIntvl0(int file, int value) throws IOException {
    set(file, STREAM, INTERVAL, value);
  }

  static void setIpDontFragment0(int file, boolean value, boolean ipv6) throws IOException {
    set(file, INTERNET, DISCOVERS, value ? 1 : 0);
  }

  static void setQuickAck0(int file, boolean on) throws IOException {
    set(file, STREAM, QUICK, on ? 1 : 0);
  }

  static int getTcpKeepAliveProbes0(int file) throws IOException {
    return get(file, STREAM, PROBES);
  }

  static int getTcpKeepAliveTime0(int file) throws IOException {
    return get(file, STREAM, IDLE_TIME);
  }

  static int getTcpKeepAliveIntvl0(int file) throws IOException {
    return get(file, STREAM, INTERVAL);
  }

  static boolean getIpDontFragment0(int file, boolean ipv6) throws IOException {
    return get(file, INTERNET, DISCOVERS) != 0;
  }

  static boolean getQuickAck0(int file) throws IOException {
    return get(file, STREAM, QUICK) != 0;
  }

  /** Both ends are of this process: its user and its group. */
  static long getSoPeerCred0(int file) throws IOException {
    Kernels.of(file);
    Map<String, Object> owner = Files.readAttributes(Path.of("/proc/self"), "unix:uid,gid");
    return (long) number(owner, "uid") << Integer.SIZE | number(owner, "gid");
  }

  private static int number(Map<String, Object> attributes, String name) {
    return (Integer) Objects.requireNonNull(attributes.get(name));
  }

  /** No queue of a network card. */
  static int getIncomingNapiId0(int file) throws IOException {
    Kernels.of(file);
    return 0;
  }

  private static void set(int file, int level, int option, int value) throws IOException {
    Kernels.of(file).option(file, level, option, value);
  }

  private static int get(int file, int level, int option) throws IOException {
    return Kernels.of(file).option(file, level, option);
  }
}
