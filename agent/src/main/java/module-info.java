/**
 * The agent of Standstill: rewrites the places where the JDK reads a clock, takes the common pool
 * or parks for a socket, so that they ask the event loop of the running task first. It depends on
 * nothing but the JDK, and loops bind to it through JDK types only.
 */
@SuppressWarnings("module") // dev.standstill.loop is built later
module dev.standstill.agent {
  requires transitive java.instrument;
  requires static jdk.attach;
  requires static org.jspecify;

  exports dev.standstill.agent;
  exports dev.standstill.agent.program to
      dev.standstill.loop;
}
