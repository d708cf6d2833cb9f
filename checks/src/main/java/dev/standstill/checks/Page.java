package dev.standstill.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced blocks of a Markdown page.
 *
 * <p>Real time differs from run to run. Where a block shows some, a comment on the line before it
 * says how it reads, as a regular expression: {@code <!-- wall clock: real [0-9.]+ s -->}. What
 * matches is left out of the comparison, and nothing else is.
 */
final class Page {

  /**
   * A fenced block.
   *
   * @param place the page and the line of the opening fence
   * @param language the first word after the fence, or the empty string
   * @param text the lines between the fences
   * @param wallClock what differs from run to run, or a pattern that matches nothing
   */
  record Block(String place, String language, String text, Pattern wallClock) {}

  private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\S*).*");
  private static final Pattern WALL_CLOCK = Pattern.compile("\\s*<!-- wall clock: (.+) -->\\s*");
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private Page() {}

  static List<Block> blocksOf(Path page) {
    return blocksOf(page.getFileName().toString(), Repository.read(page));
  }

  static List<Block> blocksOf(String name, String markdown) {
    List<String> lines = markdown.lines().toList();
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = closingFence(lines, i + 1);
        String text = String.join("\n", lines.subList(i + 1, end)).stripIndent();
        String place = name + ":" + (i + 1);
        blocks.add(new Block(place, fence.group(1), text, wallClock(lines, i)));
        i = end;
      }
    }
    return blocks;
  }

  private static int closingFence(List<String> lines, int start) {
    int end = start;
    while (end < lines.size() && !lines.get(end).strip().equals("```")) {
      end++;
    }
    return end;
  }

  private static Pattern wallClock(List<String> lines, int fence) {
    if (fence == 0) {
      return NOTHING;
    }
    Matcher comment = WALL_CLOCK.matcher(lines.get(fence - 1));
    return comment.matches() ? Pattern.compile(comment.group(1)) : NOTHING;
  }
}
