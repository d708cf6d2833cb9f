package dev.standstill.cli.init;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XML text and where its elements stand in it, so that something can be added without writing
 * the rest anew. Immutable.
 */
final class XmlText {

  private static final Pattern MARKUP =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>"
              + "|<(?<end>/?)(?<name>[\\w:.-]+)(?:\"[^\"]*\"|'[^']*'|[^\"'>])*?(?<empty>/?)>",
          Pattern.DOTALL);

  /**
   * An element.
   *
   * @param path the names of the elements around it and its own, with slashes between
   * @param start where its first tag begins
   * @param contentStart where its content begins
   * @param contentEnd where its content ends; if it is an empty tag, as it begins
   * @param end where its last tag ends
   */
  record Element(String path, int start, int contentStart, int contentEnd, int end) {}

  private record Open(String path, int start, int contentStart) {}

  private final String text;
  private final List<Element> elements;

  private XmlText(String text, List<Element> elements) {
    this.text = text;
    this.elements = elements;
  }

  /**
   * Finds the elements.
   *
   * @throws IllegalArgumentException if the text is not well-formed, or has a document type, which
   *     may stand for anything
   */
  static XmlText of(String text) {
    if (text.contains("<!DOCTYPE")) {
      throw new IllegalArgumentException("it has a document type");
    }
    List<Element> elements = new ArrayList<>();
    Deque<Open> open = new ArrayDeque<>();
    Matcher markup = MARKUP.matcher(text);
    while (markup.find()) {
      String name = markup.group("name");
      if (name == null) {
        continue;
      }
      String path = open.isEmpty() ? name : open.getFirst().path + "/" + name;
      if (!markup.group("empty").isEmpty()) {
        elements.add(new Element(path, markup.start(), markup.end(), markup.end(), markup.end()));
      } else if (markup.group("end").isEmpty()) {
        open.push(new Open(path, markup.start(), markup.end()));
      } else {
        elements.add(close(open, name, markup));
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("<%s> is not closed".formatted(open.getFirst().path));
    }
    return new XmlText(text, List.copyOf(elements));
  }

  private static Element close(Deque<Open> open, String name, Matcher markup) {
    Open first = open.poll();
    if (first == null || !("/" + first.path).endsWith("/" + name)) {
      throw new IllegalArgumentException("</%s> closes nothing".formatted(name));
    }
    return new Element(first.path, first.start, first.contentStart, markup.start(), markup.end());
  }

  /** Returns the first element with this path. */
  Optional<Element> find(String path) {
    return elements.stream().filter(element -> element.path.equals(path)).findFirst();
  }

  /** Returns the text of the first element with this path. */
  Optional<String> value(String path) {
    return find(path).map(this::value);
  }

  /** Whether there is an element whose path ends so, and whose text is this. */
  boolean has(String endOfPath, String value) {
    return elements.stream()
        .anyMatch(element -> isAt(element, endOfPath) && value(element).equals(value));
  }

  /** Whether there is an element whose path ends so. */
  boolean has(String endOfPath) {
    return elements.stream().anyMatch(element -> isAt(element, endOfPath));
  }

  private static boolean isAt(Element element, String endOfPath) {
    return ("/" + element.path).endsWith("/" + endOfPath);
  }

  private String value(Element element) {
    return text.substring(element.contentStart, element.contentEnd).strip();
  }

  /**
   * Returns the text with an element more, as the last one of others; those are made if they are
   * missing.
   *
   * @param path of the element that gets it, which begins with the outermost element
   * @param lines the new element, each level two spaces further to the right
   */
  String with(String path, List<String> lines) {
    Element parent = find(path).orElse(null);
    if (parent == null) {
      int last = path.lastIndexOf('/');
      String name = path.substring(last + 1);
      List<String> wrapped = new ArrayList<>(List.of("<" + name + ">"));
      lines.forEach(line -> wrapped.add("  " + line));
      wrapped.add("</" + name + ">");
      return with(path.substring(0, last), wrapped);
    }
    int depth = (int) path.chars().filter(letter -> letter == '/').count() + 1;
    StringBuilder added = new StringBuilder();
    for (String line : lines) {
      int level = (line.length() - line.stripLeading().length()) / 2;
      added.append(lineEnd()).append(unit().repeat(depth + level)).append(line.stripLeading());
    }
    if (parent.contentStart == parent.end) { // <dependencies/>
      String name = path.substring(path.lastIndexOf('/') + 1);
      return text.substring(0, parent.start)
          + "<%s>%s%s%s</%s>".formatted(name, added, lineEnd(), unit().repeat(depth - 1), name)
          + text.substring(parent.end);
    }
    int place = endOfLastThingIn(parent);
    String rest = text.substring(place);
    boolean isOnOneLine = !text.substring(place, parent.contentEnd).contains("\n");
    return text.substring(0, place)
        + added
        + (isOnOneLine ? lineEnd() + unit().repeat(depth - 1) : "")
        + rest;
  }

  private int endOfLastThingIn(Element element) {
    int place = element.contentEnd;
    while (place > element.contentStart && Character.isWhitespace(text.charAt(place - 1))) {
      place--;
    }
    return place;
  }

  private String lineEnd() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** By how much the first element inside the outermost one is indented. */
  private String unit() {
    Matcher first = Pattern.compile("\\n([ \\t]+)<[\\w]").matcher(text);
    return first.find() ? first.group(1) : "  ";
  }
}
