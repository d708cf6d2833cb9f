package dev.standstill.network;

import dev.standstill.test.spi.IsolatedLoader;

/** What a host runs each time it starts, in classes that are loaded anew. */
interface LoadedProgram {

  /** Finds the classes of the program. */
  ClassLoader source();

  /**
   * The program, in classes of a loader.
   *
   * @throws IllegalArgumentException if it cannot be there; the message says why
   */
  HostProgram in(IsolatedLoader loader);

  /** What a method of the program does, which may throw anything. */
  @FunctionalInterface
  interface Call {
    void run() throws Throwable;
  }

  /** A program that calls one of its methods. */
  static HostProgram of(Call call) {
    return () -> {
      try {
        call.run();
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
