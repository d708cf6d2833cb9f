package dev.standstill.explore;

/**
 * Two threads race, in an exploration that fails then: see {@link Exploration#failOnRaces}. Its
 * stack is that of the access that was made. Not thrown into the program.
 */
public final class DataRaceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient DataRace race;

  DataRaceException(DataRace race) {
    super(race.toString(), null, false, true);
    this.race = race;
    setStackTrace(race.first().stack().toArray(new StackTraceElement[0]));
  }

  /**
   * Returns what was seen.
   *
   * @return the race
   */
  public DataRace race() {
    return race;
  }
}
