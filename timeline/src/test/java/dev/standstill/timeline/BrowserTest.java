package dev.standstill.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.standstill.children.Browser;
import dev.standstill.test.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** Opens pages in Chromium and does what users do. */
class BrowserTest {

  @TempDir Path directory;

  @BeforeEach
  void skipWithoutChromium() {
    assumeTrue(
        Browser.isThere(),
        "No page was opened: this machine has no chromium and chromedriver on its PATH.");
  }

  static Stream<Arguments> views() {
    return Stream.of(1280, 400)
        .flatMap(width -> Stream.of(false, true).map(dark -> Arguments.of(width, dark)));
  }

  private Browser open(Trace trace, int width, boolean dark) throws Exception {
    Path page = directory.resolve("page.html");
    Timeline.of(trace).write(page);
    return Browser.open(page, width, width < 600 ? 800 : 720, dark);
  }

  private static String zoomText(Browser browser) {
    return browser.text("where");
  }

  @ParameterizedTest
  @MethodSource("views")
  void zoomsSearchesClicksAndStepsAndThePanelTells(int width, boolean dark) throws Exception {
    try (Browser browser = open(Traces.network(), width, dark)) {
      assertThat(browser.text("summary"))
          .isEqualTo("4 tasks, 8 slices, 13.21 s of virtual time; it failed.");
      assertThat(browser.ask("document.documentElement.dataset.theme"))
          .isEqualTo(dark ? "dark" : "light");
      assertThat(browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.text("panel")).contains("two hosts failed", "Read timed out");

      browser.click("forward");
      assertThat(browser.text("panel"))
          .contains(
              "client",
              "Slice 1 of 8",
              "It was started from outside the loop.",
              "Then it waits for a socket, alpha:40001 -> beta:80.",
              "17     lock.lock(); // <&>",
              "com.acme.Store.put(Store.java:17)",
              "alpha → beta, 120 bytes GET /prices, arrives 5 ms later");
      browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
      assertThat(browser.text("panel"))
          .contains(
              "http-1",
              "Slice 4 of 8",
              "It could run because server started it.",
              "pool http",
              "host beta");
      browser.press(Keys.ARROW_UP);
      assertThat(browser.text("panel")).contains("Slice 3 of 8", "Whom it let go on");
      browser.press(Keys.ARROW_LEFT);
      assertThat(browser.text("panel")).contains("Slice 2 of 8");

      browser.press("t");
      assertThat(browser.text("axis")).isEqualTo("Steps");
      browser.press("0");
      browser.waitFor("document.getElementById('where').textContent === 'Slices 1 to 8 of 8'");

      browser.element("search").sendKeys("timed out");
      assertThat(browser.text("found")).isEqualTo("1 found");
      assertThat(browser.text("panel"))
          .contains("Slice 8 of 8", "It throws", "SocketTimeoutException");
      browser.element("search").sendKeys(Keys.ESCAPE);
      browser.press(Keys.ESCAPE);
      assertThat(browser.text("panel")).contains("two hosts failed");

      browser.press(Keys.HOME, "+", "+", "+", "+", "+", "+");
      browser.waitFor("document.getElementById('where').textContent !== 'Slices 1 to 8 of 8'");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void aClickOnABarSelectsItsSlice(int width, boolean dark) throws Exception {
    try (Browser browser = open(Traces.lostUpdate(), width, dark)) {
      int gutter = width < 600 ? 92 : 170;
      // Five slices, as wide as they fit or 96 pixels, in lanes of 30 pixels below 40.
      int unit =
          Math.min(
              96,
              (((Number) browser.ask("document.getElementById('lanes').clientWidth")).intValue()
                      - gutter
                      - 8)
                  / 5);
      browser.click("lanes", gutter + 2 * unit + unit / 2, 40 + 2 * 30 + 15);
      assertThat(browser.text("panel"))
          .contains(
              "February",
              "Slice 3 of 5",
              "Switch 1 decides: January is preempted before Store.java:17, and February runs.",
              "Store.java:17 writes count: 1");
      browser.press("c");
      assertThat(browser.text("panel")).contains("Slice 3 of 5");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void theNearestRunThatPassesIsShownBelowAndWhereBothPart(int width, boolean dark)
      throws Exception {
    try (Browser browser = open(Traces.lostUpdate(), width, dark)) {
      String parts =
          "Both runs are the same up to slice 2, in which January has to let others run in the one"
              + " that fails, and goes on and ends in the one that passes.";
      assertThat(browser.text("panel")).contains("It passes without switch 1", parts);

      browser.click("forward");
      browser.click("forward");
      assertThat(browser.text("panel")).contains("Slice 2 of 5", parts);
      browser.click("other");
      assertThat(browser.text("panel")).contains("In the run that passes", "Slice 2 of 4", parts);
      assertThat(browser.text("other")).isEqualTo("Failing run");
      browser.press(Keys.ARROW_RIGHT);
      assertThat(browser.text("panel")).contains("February", "Slice 3 of 4", "reads count: 1");
      browser.press("p");
      assertThat(browser.text("panel"))
          .contains("Slice 2 of 5")
          .doesNotContain("In the run that passes");

      browser.element("search").sendKeys("count: 1");
      assertThat(browser.text("found")).isEqualTo("2 found");
      browser.element("search").sendKeys(Keys.ESCAPE);
      // One lane of the run that passes, below three of the one that fails and its own axis.
      int top =
          40
              + ((Number) browser.ask("document.getElementById('lanes').clientHeight")).intValue()
                  / 2;
      int gutter = width < 600 ? 92 : 170;
      browser.click("lanes", gutter + 5, top + 15);
      assertThat(browser.text("panel")).contains("In the run that passes", "main", "Slice 1 of 4");
      browser.press("b");
      assertThat(browser.ask("document.getElementById('both').getAttribute('aria-pressed')"))
          .isEqualTo("false");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void outagesAtOneTimeHaveRowsOfTheirOwn() throws Exception {
    try (Browser browser = open(Traces.network(), 1280, false)) {
      browser.press(Keys.END);
      assertThat(browser.text("panel"))
          .contains("What does not work then", "alpha cannot reach beta", "beta is slow");
      // Two rows of 16 pixels lie above the lanes: what was the first lane is none.
      browser.click("lanes", 175, 50);
      assertThat(browser.text("panel")).contains("two hosts failed");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void aHundredThousandSlicesAreDrawnAndFound() throws Exception {
    try (Browser browser = open(Traces.large(100_000, 60), 1280, false)) {
      assertThat(zoomText(browser)).isEqualTo("Slices 1 to 100,000 of 100,000");
      browser.element("search").sendKeys("worker-60");
      browser.waitFor("document.getElementById('found').textContent.endsWith('found')");
      browser.element("search").sendKeys(Keys.ENTER);
      assertThat(browser.text("panel")).contains("worker-60");
      browser.element("search").sendKeys(Keys.ESCAPE);
      browser.press(Keys.END);
      assertThat(browser.text("panel")).contains("Slice 100,000 of 100,000");
      assertThat(browser.errors()).isEmpty();
    }
  }

  /** The quickest of several, because the machine may have other things to do. */
  @Test
  void aFrameOfAHundredThousandSlicesIsThereAtOnce() throws Exception {
    try (Browser browser = open(Traces.large(100_000, 60), 1280, false)) {
      Object millis =
          browser.ask("Math.min(...Array.from({length: 20}, () => window.standstillPaint()))");
      assertThat(((Number) millis).doubleValue()).isLessThan(150);
    }
  }

  @Test
  void namesAndTextsAreShownAndNotRun() throws Exception {
    Trace evil =
        Timeline.parse(
                Timeline.of(Traces.lostUpdate())
                    .jsonLines()
                    .replace("January", "</script><img src=x onerror=alert(1)>"))
            .trace();
    try (Browser browser = open(evil, 1280, false)) {
      browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
      assertThat(browser.text("panel")).contains("</script><img src=x onerror=alert(1)>");
      assertThat(browser.ask("document.querySelectorAll('img').length")).isEqualTo(0L);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void thePageNeedsNothingElseAndIsSmall() throws Exception {
    String empty = Timeline.of(Trace.empty("empty", Traces.network().start())).html();

    assertThat(empty.length()).isLessThan(60_000);
    assertThat(empty).doesNotContainPattern("(src|href)=\"?https?:").doesNotContain("@import");
    Path page = Files.writeString(directory.resolve("empty.html"), empty);
    try (Browser browser = Browser.open(page, 1280, 720, false)) {
      assertThat(browser.text("where")).isEqualTo("No slice ran.");
      browser.press(Keys.ARROW_RIGHT, "c", "t", "e", "0", Keys.END);
      assertThat(browser.errors()).isEmpty();
      assertThat(List.of(browser.picture())).isNotEmpty();
    }
  }
}
