package dev.standstill.core;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices that the thread that drives a loop is interrupted, even while a task is mounted on it.
 * Confined to that thread.
 *
 * <p>Read from {@code VirtualThread} and {@code AbstractInterruptibleChannel}, JDK 25: mounting and
 * unmounting clear the interrupt status of the carrier, so that the interrupt of a busy one is
 * lost. But whoever interrupts a thread closes the channel that it has said to be blocked on, and
 * this is such a channel.
 */
public final class InterruptWatch extends AbstractInterruptibleChannel {

  private final Thread watched = Thread.currentThread();
  private boolean noticed;

  /** Watches the calling thread from now on. */
  public InterruptWatch() {
    begin();
  }

  /** Whether the thread has been interrupted; clears its interrupt status. */
  public boolean isInterrupted() {
    boolean closed = !isOpen();
    if (Thread.interrupted() || closed) {
      noticed = true;
    }
    return noticed;
  }

  /** Ends the watch; an interrupt that was not noticed is left to the caller. */
  public void stop() {
    boolean interrupted = !isOpen();
    try {
      end(true);
    } catch (AsynchronousCloseException e) {
      interrupted = true;
    }
    if (interrupted && !noticed) {
      watched.interrupt();
    }
  }

  @Override
  protected void implCloseChannel() {
    LockSupport.unpark(watched);
  }
}
