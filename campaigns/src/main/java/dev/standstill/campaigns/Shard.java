package dev.standstill.campaigns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the parts of a campaign, which nobody has to tell what the others do. Immutable.
 *
 * @param index from 1 to {@code count}
 * @param count how many there are
 */
public record Shard(int index, int count) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /** All of a campaign. */
  public static final Shard WHOLE = new Shard(1, 1);

  /**
   * Makes a shard.
   *
   * @throws IllegalArgumentException if there is no such shard
   */
  public Shard {
    if (count < 1 || index < 1 || index > count) {
      throw new IllegalArgumentException(
          "There is no shard %d/%d: the first of 4 is 1/4, and the last is 4/4."
              .formatted(index, count));
    }
  }

  /**
   * Reads a shard.
   *
   * @param text such as 1/4
   * @return the shard
   * @throws IllegalArgumentException if it is none
   */
  public static Shard parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no shard: write it as 1/4, the first of four.".formatted(text));
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * Returns the number that a round of this shard has in the whole campaign. Shards take turns, so
   * those of two campaigns with other numbers of shards are the same rounds.
   *
   * @param round its number in this shard, from 0
   * @return its number in the campaign, from 0
   */
  public long numberOf(long round) {
    return round * count + index - 1;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
