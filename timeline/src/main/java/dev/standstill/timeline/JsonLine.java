package dev.standstill.timeline;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One object of JSON in one line, as it is written. What says nothing is left out. */
final class JsonLine {

  private final StringBuilder text = new StringBuilder("{");

  private StringBuilder key(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name, text);
    return text.append(':');
  }

  /** Adds a text. */
  JsonLine text(String name, String value) {
    quote(value, key(name));
    return this;
  }

  /** Adds a text unless it is empty or null. */
  JsonLine textIfAny(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? this : text(name, value);
  }

  JsonLine number(String name, long value) {
    key(name).append(value);
    return this;
  }

  /** Adds a number unless it is 0. */
  JsonLine numberIfAny(String name, long value) {
    return value == 0 ? this : number(name, value);
  }

  /** Adds true, or nothing. */
  JsonLine flag(String name, boolean value) {
    if (value) {
      key(name).append(true);
    }
    return this;
  }

  /** Adds a list of numbers unless it is empty. */
  JsonLine numbers(String name, List<Integer> values) {
    if (!values.isEmpty()) {
      key(name)
          .append(values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }
    return this;
  }

  /** Adds an object. */
  JsonLine object(String name, JsonLine value) {
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
