package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import org.jspecify.annotations.Nullable;

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
  int draw(Chance chance, @Nullable ExploredTask running) {
    return 0;
  }
}
