package dev.standstill.explore.race;

import java.util.Arrays;

/**
 * The last accesses to one field of one object, or the like: that of the last write, and the last
 * reads since then. Reads of one task, which is what there mostly is, take no clock (C. Flanagan,
 * S. N. Freund, "FastTrack: efficient and precise dynamic race detection", PLDI 2009). Confined to
 * the loop of a run.
 */
final class Shadow {

  /** No place. */
  static final int NONE = -1;

  private static final int[] EMPTY = {};

  private int writer = NONE;
  private int written;
  private int placeOfWrite;

  private int reader = NONE;
  private int read;
  private int placeOfRead;

  /** By task: when it has read, 0 if it has not. Empty while one at most has. */
  private int[] reads = EMPTY;

  private int[] placesOfReads = EMPTY;

  /** A task reads; returns the place of a write that is not ordered with that, or NONE. */
  int readBy(TaskClock task, int place) {
    if (reads.length == 0 && (reader == NONE || reader == task.task)) {
      reader = task.task;
      read = task.time();
      placeOfRead = place;
    } else {
      addRead(task.task, task.time(), place);
    }
    return racingWrite(task);
  }

  private void addRead(int task, int time, int place) {
    int length = Math.max(task, reader) + 1;
    if (reads.length < length) {
      boolean isFirst = reads.length == 0;
      reads = Arrays.copyOf(reads, length);
      placesOfReads = Arrays.copyOf(placesOfReads, length);
      if (isFirst) {
        reads[reader] = read;
        placesOfReads[reader] = placeOfRead;
      }
    }
    reads[task] = time;
    placesOfReads[task] = place;
  }

  /** A task writes; returns the place of an access that is not ordered with that, or NONE. */
  int writtenBy(TaskClock task, int place) {
    int racing = racingWrite(task);
    if (racing == NONE) {
      racing = racingRead(task);
    }
    writer = task.task;
    written = task.time();
    placeOfWrite = place;
    reader = NONE;
    reads = EMPTY;
    placesOfReads = EMPTY;
    return racing;
  }

  private int racingWrite(TaskClock task) {
    boolean isOrdered = writer == NONE || writer == task.task || task.knows(writer, written);
    return isOrdered ? NONE : placeOfWrite;
  }

  private int racingRead(TaskClock task) {
    if (reads.length == 0) {
      boolean isOrdered = reader == NONE || reader == task.task || task.knows(reader, read);
      return isOrdered ? NONE : placeOfRead;
    }
    for (int other = 0; other < reads.length; other++) {
      if (other != task.task && reads[other] != 0 && !task.knows(other, reads[other])) {
        return placesOfReads[other];
      }
    }
    return NONE;
  }
}
