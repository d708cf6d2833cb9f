package dev.standstill.junit.flakes;

/** How a search varies the schedule of tests. */
public enum Way {
  /** Under one seed after the other, as JUnit runs a test. */
  SEEDS {
    @Override
    Round round(long done, long left, long end) {
      return new Round(done, 0, end);
    }

    @Override
    long steps(Round round) {
      return 1;
    }
  },
  /** By exploring, some schedules at a time, so that all tests have their turn. */
  EXPLORE {
    @Override
    Round round(long done, long left, long end) {
      return new Round(done, Math.toIntExact(Math.min(AT_ONCE, left)), end);
    }

    @Override
    long steps(Round round) {
      return round.explore();
    }
  };

  private static final int AT_ONCE = 200;

  /**
   * The next run of tests.
   *
   * @param done how many schedules they have had
   * @param left how many they are to have yet
   */
  abstract Round round(long done, long left, long end);

  /** How many schedules a run gives each of its tests. */
  abstract long steps(Round round);

  /** A run in which what has failed in {@code seed} fails again, if nothing has changed. */
  Round again(long seed) {
    return round(seed, AT_ONCE, 0).withoutEnd();
  }

  /** A run of the same kind, first in, first out. */
  Round plain() {
    return this == SEEDS ? new Round(null, 0, null) : new Round(0L, 1, null);
  }
}
