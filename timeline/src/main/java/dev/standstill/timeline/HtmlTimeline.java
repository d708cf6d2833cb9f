package dev.standstill.timeline;

import dev.standstill.test.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** The page that shows a trace: one file, with its data compressed inside. */
final class HtmlTimeline {

  private HtmlTimeline() {}

  static String of(Trace trace, String jsonLines) {
    return resource("timeline.html")
        .replace("@style@", resource("timeline.css").strip())
        .replace("@script@", resource("timeline.js").strip())
        .replace("@data@", packed(jsonLines))
        .replace("@title@", escaped("Timeline of " + trace.loop()));
  }

  /** The page without any data. */
  private static String resource(String name) {
    try (InputStream in = HtmlTimeline.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String packed(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
