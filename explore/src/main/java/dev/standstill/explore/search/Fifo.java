package dev.standstill.explore.search;

/** Goes on with the task that runs, else with the one that is ready the longest. */
final class Fifo extends Search {

  @Override
  int pick(Candidates candidates) {
    return 0;
  }

  @Override
  int pickAfterYield(Candidates candidates) {
    return 0;
  }

  @Override
  boolean wakes() {
    return false;
  }

  @Override
  boolean happens(int oneIn) {
    return false;
  }
}
