package dev.standstill.test.spi;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One object of JSON in one line, as it is written. For one thread. */
public final class JsonLine {

  private final StringBuilder text = new StringBuilder("{");

  /** An object without fields. */
  public JsonLine() {}

  private StringBuilder key(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name, text);
    return text.append(':');
  }

  /** Adds a text. */
  public JsonLine text(String name, String value) {
    quote(value, key(name));
    return this;
  }

  /** Adds a text unless it is empty or null. */
  public JsonLine textIfAny(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? this : text(name, value);
  }

  /** Adds a number. */
  public JsonLine number(String name, long value) {
    key(name).append(value);
    return this;
  }

  /** Adds a number unless it is 0. */
  public JsonLine numberIfAny(String name, long value) {
    return value == 0 ? this : number(name, value);
  }

  /** Adds true, or nothing. */
  public JsonLine flag(String name, boolean value) {
    if (value) {
      key(name).append(true);
    }
    return this;
  }

  /** Adds a list of numbers unless it is empty. */
  public JsonLine numbers(String name, List<Integer> values) {
    if (!values.isEmpty()) {
      key(name)
          .append(values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }
    return this;
  }

  /** Adds a list of texts, be it empty. */
  public JsonLine texts(String name, List<String> values) {
    StringBuilder list = key(name).append('[');
    String separator = "";
    for (String value : values) {
      list.append(separator);
      quote(value, list);
      separator = ",";
    }
    list.append(']');
    return this;
  }

  /** Adds a list of objects, each in a line of its own, be it empty. */
  public JsonLine objects(String name, List<JsonLine> values) {
    key(name)
        .append(
            values.isEmpty()
                ? "[]"
                : values.stream()
                    .map(JsonLine::toString)
                    .collect(Collectors.joining(",\n", "[\n", "]")));
    return this;
  }

  /** Adds an object. */
  public JsonLine object(String name, JsonLine value) {
    key(name).append(value);
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }

  private static void quote(String plain, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '"', '\\' -> to.append('\\').append(c);
        case '\n' -> to.append("\\n");
        default -> {
          if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
            to.append("\\u%04x".formatted((int) c));
          } else {
            to.append(c);
          }
        }
      }
    }
    to.append('"');
  }
}
