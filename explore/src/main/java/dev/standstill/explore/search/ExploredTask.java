package dev.standstill.explore.search;

import dev.standstill.core.TaskRecord;
import dev.standstill.explore.race.TaskClock;
import org.jspecify.annotations.Nullable;

/** A task as strategies see it. Confined to the loop of its run. */
final class ExploredTask {

  /** What {@link #place} is while nobody knows what the task does next. */
  static final int NOWHERE = -1;

  final TaskRecord record;

  /** The same for the same task in each run: see {@link TaskRecord#path}. */
  final long path;

  final long pathOfStarter;

  /** What the task is about to access, and where; null if that is static. */
  @Nullable Object target;

  int place = NOWHERE;

  /** Of which element it is, if the target is an array. */
  int index;

  /** Whether it reads what others may write meanwhile, and looks later whether they did. */
  boolean isOptimistic;

  /** What has happened before what it does; null until it is watched. */
  @Nullable TaskClock clock;

  /** What {@link Pct} and {@link Pos} run by: the highest first. */
  double priority;

  /** How many accesses {@link Surw} expects the task and those that it starts to make. */
  int weight;

  /** Whether {@link Surw} keeps the task from making its next access. */
  boolean held;

  /** How often in a row the task could have been made to wait, and was not. */
  int solo;

  /** How many points the task has come to. */
  int points;

  /** The numbers of its first and its last access among those of the run, from 1; 0 if none. */
  int firstPoint;

  int lastPoint;

  /** How many decisions there have been at the last of these. */
  int asks;

  /** The monitor that the task is about to enter and that another one has. */
  @Nullable ModelledMonitor awaited;

  /** The object whose monitor that is; of the last that was awaited. */
  @Nullable Object awaitedObject;

  /** How often it had entered the monitor that it waits in. */
  int entered;

  ExploredTask(TaskRecord record) {
    this.record = record;
    this.path = record.path();
    this.pathOfStarter = record.pathOfStarter();
  }

  /** Whether the task could only wait for a monitor. */
  boolean isHeldUp() {
    return awaited != null && awaited.isOfOther(this);
  }

  /** Whether it may wait in a monitor that it seems to have: not all code tells that it does so. */
  boolean mayHaveLetGo() {
    return record.isInObjectWait();
  }

  boolean isKnown() {
    return place != NOWHERE;
  }

  /** The access is about to be made, or will not be. */
  void leavesPlace() {
    place = NOWHERE;
    target = null;
  }
}
