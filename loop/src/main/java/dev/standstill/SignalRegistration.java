package dev.standstill;

/**
 * A handler of a signal, as {@link EventLoop#onSignal} has added it. Any thread may call.
 *
 * <p>This interface is not meant to be implemented by users.
 */
@FunctionalInterface
public interface SignalRegistration extends AutoCloseable {

  /**
   * Takes the handler back. Tasks that it has started go on. Closing twice does nothing.
   *
   * @see EventLoop#onSignal when the JVM does again what it did before
   */
  @Override
  void close();
}
