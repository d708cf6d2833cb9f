package dev.standstill.explore.search;

/** Each candidate is equally likely, at each switch point. */
final class RandomWalk extends Search {

  @Override
  public String toString() {
    return "random";
  }

  @Override
  int pick(Candidates candidates) {
    return random.nextInt(candidates.size());
  }

  @Override
  public Search fork() {
    return new RandomWalk();
  }
}
