package dev.standstill.explore.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table with a column for each task. For one thread. */
final class Table {

  private static final int WIDTH = 118;
  private static final int NARROWEST = 14;
  private static final int WIDEST_PLACE = 30;
  private static final int WIDEST_PLACE_WITH_METHOD = 44;
  private static final String GAP = "  ";

  /**
   * One line.
   *
   * @param place where in the program; may be empty
   * @param method in which method that is, shown after it if there is room; may be empty
   * @param column whose line it is
   * @param spans whether the text may begin before its column, and go on behind it
   */
  record Row(String place, String method, int column, String text, boolean spans) {

    Row withMethod() {
      return method.isEmpty() ? this : new Row(place + " " + method, "", column, text, spans);
    }
  }

  private final List<String> columns;
  private final List<Row> rows;
  private final int placeWidth;

  private Table(List<String> columns, List<Row> rows, int widestPlace) {
    this.columns = columns;
    this.rows = rows;
    this.placeWidth =
        Math.min(widestPlace, rows.stream().mapToInt(row -> row.place.length()).max().orElse(0));
  }

  /** A table that has the methods if nothing has to be cut for them. */
  static Table of(List<String> columns, List<Row> rows) {
    Table full =
        new Table(columns, rows.stream().map(Row::withMethod).toList(), WIDEST_PLACE_WITH_METHOD);
    return full.isCut() ? new Table(columns, rows, WIDEST_PLACE) : full;
  }

  private boolean isCut() {
    return total(wanted(), WIDTH) > room() || rows.stream().anyMatch(this::isTooLong);
  }

  private boolean isTooLong(Row row) {
    return row.spans && row.text.length() > WIDTH - placeWidth - GAP.length();
  }

  private int[] wanted() {
    return IntStream.range(0, columns.size()).map(this::widest).toArray();
  }

  private int room() {
    return WIDTH - placeWidth - GAP.length() * columns.size();
  }

  /** The lines, without blanks at their ends. */
  List<String> lines() {
    int each = (WIDTH - placeWidth - GAP.length()) / Math.max(columns.size(), 1) - GAP.length();
    return each < NARROWEST && columns.size() > 1 ? inOneColumn() : lines(widths());
  }

  private List<String> lines(int[] widths) {
    List<String> lines = new ArrayList<>();
    lines.add(line("", widths, IntStream.range(0, widths.length).mapToObj(columns::get).toList()));
    for (Row row : rows) {
      if (row.spans) {
        lines.add(spanning(row, widths));
        continue;
      }
      List<String> cells =
          IntStream.range(0, widths.length)
              .mapToObj(column -> column == row.column ? row.text : "")
              .toList();
      lines.add(line(row.place, widths, cells));
    }
    return lines;
  }

  /** Only those are cut that take more than their share. */
  private int[] widths() {
    int[] wanted = wanted();
    int room = room();
    int most = WIDTH;
    while (total(wanted, most) > room) {
      most--;
    }
    int share = most;
    return IntStream.of(wanted).map(width -> Math.min(share, width)).toArray();
  }

  private static int total(int[] wanted, int most) {
    return IntStream.of(wanted).map(width -> Math.min(most, width)).sum();
  }

  private int widest(int column) {
    int text =
        rows.stream()
            .filter(row -> row.column == column && !row.spans)
            .mapToInt(row -> row.text.length())
            .max()
            .orElse(0);
    return Math.max(columns.get(column).length(), text);
  }

  private String line(String place, int[] widths, List<String> cells) {
    String line =
        IntStream.range(0, widths.length)
            .mapToObj(column -> padded(cells.get(column), widths[column]))
            .collect(Collectors.joining(GAP, padded(place, placeWidth) + GAP, ""));
    return line.stripTrailing();
  }

  /** The text begins in its column, or as far before that as it takes. */
  private String spanning(Row row, int[] widths) {
    int first = placeWidth + GAP.length();
    int start =
        first + IntStream.of(widths).limit(row.column).map(width -> width + GAP.length()).sum();
    int begins = Math.max(first, Math.min(start, WIDTH - row.text.length()));
    return padded(padded(row.place, placeWidth), begins) + cut(row.text, WIDTH - begins);
  }

  /** There are more tasks than columns fit beside each other. */
  private List<String> inOneColumn() {
    int name = Math.min(WIDEST_PLACE, columns.stream().mapToInt(String::length).max().orElse(0));
    int rest = WIDTH - placeWidth - name - 2 * GAP.length();
    return rows.stream()
        .map(row ->
            padded(row.place, placeWidth)
                + GAP
                + padded(columns.get(row.column), name)
                + GAP
                + cut(row.text, rest))
        .map(String::stripTrailing)
        .toList();
  }

  private static String padded(String text, int width) {
    String fitting = cut(text, width);
    return fitting + " ".repeat(width - fitting.length());
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
