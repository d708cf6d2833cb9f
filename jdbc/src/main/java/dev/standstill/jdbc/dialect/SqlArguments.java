package dev.standstill.jdbc.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of a call in SQL text. */
final class SqlArguments {

  private static final Pattern PIECE = Pattern.compile("'(?:[^']|'')*+'|[(),?]|[^'(),?]+");

  private SqlArguments() {}

  /**
   * Reads the arguments of a call as they are written.
   *
   * @param begin where the first of them begins, after the opening parenthesis
   * @param parameters what is bound to the parameters of the whole text; each stands in quotes in
   *     the result where its value is known
   */
  static List<String> of(String text, int begin, Map<Integer, Object> parameters) {
    List<String> arguments = new ArrayList<>();
    StringBuilder argument = new StringBuilder();
    int parameter = parametersBefore(text, begin);
    int open = 1;
    Matcher piece = PIECE.matcher(text);
    piece.region(begin, text.length());
    while (open > 0 && piece.find()) {
      String found = piece.group();
      open += found.equals("(") ? 1 : found.equals(")") ? -1 : 0;
      if (open == 0 || open == 1 && found.equals(",")) {
        arguments.add(argument.toString().strip());
        argument.setLength(0);
      } else if (found.equals("?")) {
        argument.append(bound(parameters, ++parameter));
      } else {
        argument.append(found);
      }
    }
    return arguments;
  }

  private static String bound(Map<Integer, Object> parameters, int number) {
    Object value = parameters.get(number);
    return value == null ? "?" : "'" + value + "'";
  }

  private static int parametersBefore(String text, int end) {
    int count = 0;
    Matcher piece = PIECE.matcher(text);
    piece.region(0, end);
    while (piece.find()) {
      count += piece.group().equals("?") ? 1 : 0;
    }
    return count;
  }
}
