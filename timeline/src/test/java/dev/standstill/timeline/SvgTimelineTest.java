package dev.standstill.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Trace;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgTimelineTest {

  private static Document parse(Trace trace) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Timeline.of(trace).svg())));
  }

  @Test
  void isOneElementWithALaneForEachTask() throws Exception {
    Document picture = parse(Traces.network());

    assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(picture.getDocumentElement().getTextContent())
        .contains("two hosts: 8 slices of 4 tasks", "client", "http-2", "9.6 s");
    assertThat(picture.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void showsTheEndOfWhatIsLargeAndStaysSmall() throws Exception {
    assertThat(parse(Traces.large(100_000, 60)).getDocumentElement().getTextContent())
        .startsWith("large: the last 120 of 100,000 slices of 16 tasks");
    assertThat(Timeline.of(Traces.large(100_000, 60)).svg().length()).isLessThan(40_000);
  }

  @Test
  void namesAreText() throws Exception {
    Trace trace =
        Timeline.parse(
                Timeline.of(Traces.lostUpdate()).jsonLines().replace("January", "<b>&\\\"'</b>"))
            .trace();

    assertThat(parse(trace).getDocumentElement().getTextContent()).contains("<b>&\"'</b>");
  }

  @Test
  void aTraceOfNothingIsAPicture() throws Exception {
    assertThat(parse(Trace.empty("empty", Traces.network().start())).getDocumentElement())
        .isNotNull();
  }
}
