package dev.standstill.test.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of JSON: texts, whole numbers, true, false, null, lists and objects. Written
 * here because whoever tests brings a library of his own for JSON, of whatever version. Any thread
 * may call.
 */
public final class JsonReader {

  private static final int DEEPEST = 64;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads an object: numbers become {@code Long}s, lists and objects such of Java.
   *
   * @throws IllegalArgumentException if it is none; the message is the end of a sentence
   */
  public static Map<String, @Nullable Object> read(String line) {
    JsonReader reader = new JsonReader(line);
    reader.skipBlanks();
    Map<String, @Nullable Object> object = reader.object();
    reader.skipBlanks();
    if (reader.at != line.length()) {
      throw reader.wrong();
    }
    return object;
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '"' -> string();
      case '{' -> object();
      case '[' -> list();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    enter('{');
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (!leaves('}', fields.isEmpty())) {
      String name = string();
      skipBlanks();
      expect(':');
      skipBlanks();
      fields.put(name, value());
    }
    return fields;
  }

  private List<@Nullable Object> list() {
    enter('[');
    List<@Nullable Object> values = new ArrayList<>();
    while (!leaves(']', values.isEmpty())) {
      values.add(value());
    }
    return values;
  }

  private void enter(char open) {
    expect(open);
    if (++depth > DEEPEST) {
      throw wrong();
    }
    skipBlanks();
  }

  /** Whether the list or object ends here; else goes on to what comes next. */
  private boolean leaves(char close, boolean isFirst) {
    skipBlanks();
    if (peek() == close) {
      at++;
      depth--;
      return true;
    }
    if (!isFirst) {
      expect(',');
      skipBlanks();
    }
    return false;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong();
    }
    at += word.length();
    return value;
  }

  private Long number() {
    int begin = at;
    if (peek() == '-') {
      at++;
    }
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    try {
      return Long.valueOf(text.substring(begin, at));
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private String string() {
    expect('"');
    StringBuilder plain = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      plain.append(c == '\\' ? escaped() : c);
    }
    at++;
    return plain.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> hexadecimal();
      default -> throw wrong();
    };
  }

  private char hexadecimal() {
    try {
      char c = (char) Integer.parseInt(text, at, at + 4, 16);
      at += 4;
      return c;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw wrong();
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong();
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("is no JSON from letter %d on".formatted(at + 1));
  }
}
