package dev.standstill.explore.search;

/** The strategies by which schedules are searched, one class each. */
public final class Searches {

  /** More preemptions than any bug needs that was ever reported. */
  private static final int GREATEST_BOUND = 6;

  private Searches() {}

  /** Makes one by its name, which is one of those of {@code SearchStrategy}. */
  public static Search of(String name, long budget) {
    return switch (name) {
      case "AUTO" -> new Portfolio(budget);
      case "FIFO" -> new Fifo();
      case "RANDOM" -> new RandomWalk();
      case "STICKY" -> new Sticky();
      case "PCT" -> new Pct();
      case "POS" -> new Pos();
      case "SURW" -> new Surw();
      case "DFS" -> new Dfs(GREATEST_BOUND);
      default -> throw new IllegalArgumentException("There is no strategy " + name + ".");
    };
  }
}
