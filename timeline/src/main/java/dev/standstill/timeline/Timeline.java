package dev.standstill.timeline;

import dev.standstill.test.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A trace of a loop in the forms in which it can be looked at. Immutable.
 *
 * <pre>{@code
 * try (TestLoop loop = TestLoop.builder().traceWithStacks().open()) {
 *   loop.run(program);
 *   Timeline.of(loop.trace()).write(Path.of("run.html"));
 * }
 * }</pre>
 */
public final class Timeline {

  /** What a file is that is written, by how its name ends. */
  private enum Form {
    HTML,
    JSONL,
    JSON,
    TXT;

    static Form of(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      for (Form form : values()) {
        if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
          return form;
        }
      }
      throw new IllegalArgumentException(
          "\"%s\" is no name for a timeline: it ends with .html for a page, .jsonl for the trace itself, .json for other tools, or .txt."
              .formatted(file));
    }
  }

  /** How wide text is in a file. */
  private static final int WIDTH = 120;

  private final Trace trace;

  private Timeline(Trace trace) {
    this.trace = trace;
  }

  /**
   * Shows a trace.
   *
   * @param trace what ran
   * @return its timeline
   */
  public static Timeline of(Trace trace) {
    return new Timeline(Objects.requireNonNull(trace, "trace"));
  }

  /**
   * Reads a trace that was written as lines of JSON.
   *
   * @param file a file whose name ends with {@code .jsonl}, say
   * @return its timeline
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no trace, or of a version that is not known
   */
  public static Timeline read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return new Timeline(new TraceReader().read(reader));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s cannot be shown: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads a trace from lines of JSON.
   *
   * @param text what {@link #jsonLines} gave
   * @return its timeline
   * @throws IllegalArgumentException if it is no trace, or of a version that is not known
   */
  public static Timeline parse(String text) {
    try {
      return new Timeline(new TraceReader().read(new BufferedReader(new StringReader(text))));
    } catch (IOException e) {
      throw new AssertionError("a text was not read", e);
    }
  }

  /**
   * Returns the trace.
   *
   * @return what ran
   */
  public Trace trace() {
    return trace;
  }

  /**
   * Looks for the lines of source that the stacks name, so that a page shows them.
   *
   * @param roots folders with sources, and source files; those that do not exist are passed by
   * @return the same with all lines that were found
   */
  public Timeline withSources(List<Path> roots) {
    return new Timeline(trace.withSources(new Sources(roots).of(trace)));
  }

  /**
   * Looks for the lines of source where builds have them, below the working directory.
   *
   * @return the same with all lines that were found
   */
  public Timeline withSources() {
    return withSources(Sources.OF_BUILDS);
  }

  /**
   * Returns the trace as lines of JSON, which {@link #read} reads.
   *
   * @return the lines, each with an end of line
   */
  public String jsonLines() {
    StringBuilder text = new StringBuilder();
    try {
      new TraceWriter(text).write(trace);
    } catch (IOException e) {
      throw new AssertionError("a text was not written", e);
    }
    return text.toString();
  }

  /**
   * Returns a page that shows the trace, by itself, in any browser.
   *
   * @return a file of HTML
   */
  public String html() {
    return HtmlTimeline.of(trace, jsonLines());
  }

  /**
   * Returns a small picture of the trace.
   *
   * @return an element of HTML, which needs no script
   */
  public String svg() {
    return new SvgTimeline(trace).text();
  }

  /**
   * Returns the trace in the trace-event format of Chrome, which Perfetto opens, too. A slice takes
   * ten microseconds there.
   *
   * @return a file of JSON
   */
  public String chromeJson() {
    return new ChromeTrace(trace).text();
  }

  /**
   * Returns the trace as text: the lanes as rows, and below them what ran, a column for each task.
   *
   * @param width how many letters fit in a line, 40 or more
   * @param colours whether it is for a terminal that shows them
   * @return several lines
   */
  public String text(int width, boolean colours) {
    return new TextTimeline(trace, Math.max(40, width), colours).text();
  }

  /**
   * Writes a file, whose name says in which form: {@code .html}, {@code .jsonl}, {@code .json} for
   * the trace-event format, or {@code .txt}. Folders that are missing are made.
   *
   * @param file the file; what is there is replaced
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if its name ends otherwise
   */
  public void write(Path file) throws IOException {
    String text =
        switch (Form.of(file)) {
          case HTML -> html();
          case JSONL -> jsonLines();
          case JSON -> chromeJson();
          case TXT -> text(WIDTH, false);
        };
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }

  /**
   * Refuses a file whose name {@link #write} would refuse.
   *
   * @param file the file
   * @return the file
   * @throws IllegalArgumentException if its name tells no form
   */
  public static Path requireName(Path file) {
    Form.of(file);
    return file;
  }
}
