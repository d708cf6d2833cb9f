package dev.standstill.campaigns;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line in a picture: an element of HTML, which needs no script. Immutable. */
final class Chart {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 140;
  private static final int LEFT = 70;
  private static final int BELOW = 24;
  private static final int ABOVE = 12;

  /** Where a line goes through. */
  record Point(double x, double y) {}

  private final String title;
  private final String acrossName;
  private final List<Point> points;

  /**
   * @param acrossName what is counted from left to right
   * @param points in the order in which the line goes through them
   */
  Chart(String title, String acrossName, List<Point> points) {
    this.title = title;
    this.acrossName = acrossName;
    this.points = points;
  }

  String html() {
    double mostX = points.stream().mapToDouble(Point::x).max().orElse(1);
    double mostY = points.stream().mapToDouble(Point::y).max().orElse(1);
    String line =
        points.stream()
            .map(point ->
                number(LEFT + point.x / nonZero(mostX) * (WIDTH - LEFT - 4))
                    + ","
                    + number(ABOVE + HEIGHT - point.y / nonZero(mostY) * HEIGHT))
            .collect(Collectors.joining(" "));
    return """
    <figure><figcaption>%1$s</figcaption>
    <svg viewBox="0 0 %2$d %3$d" role="img" aria-label="%1$s, up to %4$s">
    <line x1="%5$d" y1="%6$d" x2="%2$d" y2="%6$d"/><line x1="%5$d" y1="%7$d" x2="%5$d" y2="%6$d"/>
    <text x="%8$d" y="%9$d" text-anchor="end">%4$s</text><text x="%8$d" y="%6$d" text-anchor="end">0</text>
    <text x="%2$d" y="%10$d" text-anchor="end">%11$s %12$s</text>
    <polyline points="%13$s"/>%14$s
    </svg></figure>
    """
        .formatted(
            title,
            WIDTH,
            HEIGHT + ABOVE + BELOW,
            whole(mostY),
            LEFT,
            ABOVE + HEIGHT,
            ABOVE,
            LEFT - 8,
            ABOVE + 8,
            ABOVE + HEIGHT + 18,
            whole(mostX),
            acrossName,
            line,
            points.size() == 1 ? dot(line) : "");
  }

  /** A line through one point is none. */
  private static String dot(String point) {
    String[] place = point.split(",");
    return "<circle cx=\"%s\" cy=\"%s\" r=\"3\"/>".formatted(place[0], place[1]);
  }

  private static double nonZero(double most) {
    return most == 0 ? 1 : most;
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,d", Math.round(number));
  }
}
