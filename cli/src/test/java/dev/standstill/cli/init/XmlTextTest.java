package dev.standstill.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTextTest {

  private static final List<String> NEW = List.of("<new>", "  <in/>", "</new>");

  @Test
  void anElementIsAddedBehindTheOthersAndTheRestStays() {
    String text = "<a>\n    <b>\n        <!-- <b> --><c x='>'/>\n\n    </b>\n</a>\n";

    assertThat(XmlText.of(text).with("a/b", NEW))
        .isEqualTo(
            "<a>\n    <b>\n        <!-- <b> --><c x='>'/>\n        <new>\n            <in/>\n        </new>\n\n    </b>\n</a>\n");
  }

  @Test
  void elementsAroundItAreMadeIfTheyAreMissing() {
    assertThat(XmlText.of("<a>\n\t<x/>\n</a>").with("a/b/c", List.of("<new/>")))
        .isEqualTo("<a>\n\t<x/>\n\t<b>\n\t\t<c>\n\t\t\t<new/>\n\t\t</c>\n\t</b>\n</a>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a>\n  <b/>\n</a>", "<a>\n  <b></b>\n</a>"})
  void anEmptyElementIsOpened(String text) {
    assertThat(XmlText.of(text).with("a/b", NEW))
        .isEqualTo("<a>\n  <b>\n    <new>\n      <in/>\n    </new>\n  </b>\n</a>");
  }

  @Test
  void linesEndAsTheOthersDo() {
    assertThat(XmlText.of("<a>\r\n  <b/>\r\n</a>\r\n").with("a", List.of("<new/>")))
        .isEqualTo("<a>\r\n  <b/>\r\n  <new/>\r\n</a>\r\n");
  }

  @Test
  void onlyTheElementAtThePathIsFound() {
    XmlText text = XmlText.of("<a><m><b>no</b></m><!--<b>no</b>--><b> yes </b></a>");

    assertThat(text.value("a/b")).contains("yes");
    assertThat(text.has("b", "no")).isTrue();
    assertThat(text.has("a/b", "no")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a><b></a>", "<a>", "</a>", "<!DOCTYPE a><a/>", "<a></b></a>"})
  void whatIsNotWellFormedIsRefused(String text) {
    assertThatThrownBy(() -> XmlText.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
