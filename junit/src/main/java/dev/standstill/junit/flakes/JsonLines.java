package dev.standstill.junit.flakes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects of texts and whole numbers as lines of JSON. */
final class JsonLines {

  private static final Pattern FIELD =
      Pattern.compile(
          "\\G[\\s,]*\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(-?[0-9]{1,18}))\\s*");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  private JsonLines() {}

  /** Writes texts and numbers in one line. */
  static String write(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + value(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return value instanceof Number ? value.toString() : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < ' ') {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * Reads what {@link #write} gave; numbers become {@code Long}s.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Map<String, Object> read(String line) {
    String text = line.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw new IllegalArgumentException("it is no object in one line");
    }
    String fields = text.substring(1, text.length() - 1);
    Map<String, Object> read = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(fields);
    int end = 0;
    while (matcher.find()) {
      String number = matcher.group(3);
      read.put(
          plain(matcher.group(1)), number == null ? plain(matcher.group(2)) : Long.valueOf(number));
      end = matcher.end();
    }
    if (end != fields.length()) {
      throw new IllegalArgumentException("it cannot be read from letter %d on".formatted(end + 2));
    }
    return read;
  }

  private static String plain(String quoted) {
    return ESCAPE
        .matcher(quoted)
        .replaceAll(escape -> Matcher.quoteReplacement(meaning(escape.group(1), escape.group(2))));
  }

  private static String meaning(@Nullable String hexadecimal, @Nullable String letter) {
    if (hexadecimal != null) {
      return String.valueOf((char) Integer.parseInt(hexadecimal, 16));
    }
    return switch (Objects.requireNonNull(letter)) {
      case "n" -> "\n";
      case "t" -> "\t";
      case "r" -> "\r";
      case "b" -> "\b";
      case "f" -> "\f";
      default -> letter;
    };
  }
}
