package dev.standstill.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standstill.test.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFormatTest {

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadBackWhole() {
    for (Trace trace :
        new Trace[] {
          Traces.network(),
          Traces.lostUpdate(),
          Traces.large(2_000, 9),
          Trace.empty("a \"quoted\" name,\nover two lines \ud83d\ude80", Traces.network().start())
        }) {
      assertThat(Timeline.parse(Timeline.of(trace).jsonLines()).trace()).isEqualTo(trace);
    }
  }

  @Test
  void theTraceOfARunIsReadBackWhole() throws Exception {
    Trace trace =
        Traces.of(() -> {
          LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
          Thread taker =
              Thread.startVirtualThread(() -> {
                try {
                  queue.take();
                  Thread.sleep(1_000);
                  throw new IllegalStateException("enough");
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
          queue.put("one");
          taker.join();
        });
    Path file = directory.resolve("sub/run.jsonl");

    Timeline.of(trace).write(file);

    assertThat(trace.slices()).hasSize(4);
    assertThat(trace.failures()).hasSize(1);
    assertThat(Timeline.read(file).trace()).isEqualTo(trace);
  }

  @Test
  void eachLineIsAnObjectAndTheFirstTellsTheVersion() {
    assertThat(Timeline.of(Traces.network()).jsonLines().lines())
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
        .first()
        .asString()
        .startsWith("{\"standstill-trace\":1,\"loop\":\"two hosts\",\"start\":\"");
  }

  @Test
  void whatALaterVersionAddsIsPassedBy() {
    String text =
        Timeline.of(Traces.lostUpdate())
                .jsonLines()
                .replace("\"is\":\"slice\"", "\"is\":\"slice\",\"mood\":[1,{\"a\":null}]")
            + "{\"is\":\"weather\",\"sunny\":true}\n";

    assertThat(Timeline.parse(text).trace()).isEqualTo(Traces.lostUpdate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                  | it is no trace: its first line does not say {"standstill-trace":1,...}
          hello                                               | its line 1 is no JSON from letter 1 on
          {"a":1}                                             | it is no trace: its first line does not say {"standstill-trace":1,...}
          {"standstill-trace":2}                              | it is of version 2, and this Standstill reads version 1
          {"standstill-trace":1,"loop":"a","start":"now"}     | its line 1 has "start": now, where an instant has to be
          """)
  void whatIsNoTraceIsRefusedWithASentence(String text, String why) throws Exception {
    Path file = Files.writeString(directory.resolve("a.jsonl"), text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.read(file))
        .withMessage("%s cannot be shown: %s.", file, why);
  }

  @Test
  void aDamagedLineIsNamed() {
    String text = Timeline.of(Traces.network()).jsonLines();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.parse(text.replaceFirst("\"n\":3,", "\"n\":\"three\",")))
        .withMessageMatching("its line [0-9]+ has \"n\": three, where a number has to be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.parse(text.substring(0, text.length() / 2)))
        .withMessageMatching("its line [0-9]+ is no JSON from letter [0-9]+ on");
  }

  @Test
  void aFileWhoseNameSaysNoFormIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.of(Traces.network()).write(directory.resolve("run.pdf")))
        .withMessageContaining("it ends with .html for a page");
  }
}
