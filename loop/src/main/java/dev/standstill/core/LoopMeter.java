package dev.standstill.core;

/** Measures what a loop in real time does. Called by the carrier unless it says otherwise. */
public interface LoopMeter extends SliceObserver {

  /** Slices are about to run, one right after the other. */
  void batchStarts();

  /** A slice was due that has nothing to run, because its task has ended. */
  void slicePassed();

  /**
   * Another thread is about to hand something over. Any thread may call.
   *
   * @return whether {@link #admitted} is to be told when that is taken in
   */
  boolean handsOver();

  /**
   * What {@link #handsOver} has asked about is taken in.
   *
   * @param ahead how many slices run before it
   */
  void admitted(int ahead);

  /** Nothing runs any more. Any thread may call, and more than once. */
  void loopClosed();
}
