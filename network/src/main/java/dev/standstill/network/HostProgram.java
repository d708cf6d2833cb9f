package dev.standstill.network;

import java.io.Serializable;

/**
 * What a {@link Host} runs, such as {@code () -> Server.main("--peer=b")}. The host has classes of
 * its own, and with them statics, so the program is made anew in them each time the host starts:
 * from a lambda with what it has captured, or from a class with a name and a constructor without
 * parameters. It is serializable for that reason only; nothing is ever written.
 *
 * <p>What a lambda captures has to be of the JDK, Standstill or a class that is {@linkplain
 * Network#shareClasses shared}: a string, a number, or an {@code AtomicInteger} in which a test
 * counts.
 */
@FunctionalInterface
public interface HostProgram extends Serializable {

  /**
   * Runs on the host, as the main method of a program does. The host exits when it has returned and
   * no thread is left that is no daemon.
   *
   * @throws Exception which the test fails with, unless the host has been stopped
   */
  void run() throws Exception;
}
