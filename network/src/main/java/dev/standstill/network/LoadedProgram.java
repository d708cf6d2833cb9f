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
}
