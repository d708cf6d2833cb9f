package dev.standstill.network.kernel;

/** What is not as usual with a flow: made when it is first needed, as most flows need none. */
final class Disorder {

  /** Whether nobody reads any more: what arrives is answered by an RST. */
  boolean unread;

  /** When something is tried again that was dropped. */
  long nextTry = OpenFile.NEVER;

  /** When the first of that was sent. */
  long droppedSince = OpenFile.NEVER;

  /** When the first was sent of what arrives, and cannot be acknowledged. */
  long unansweredSince = OpenFile.NEVER;

  void nothingIsDropped() {
    nextTry = OpenFile.NEVER;
    droppedSince = OpenFile.NEVER;
  }
}
