package dev.standstill.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.standstill.children.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The timelines of all programs that readers run with the command line. */
class TimelinesTest {

  @TempDir Path directory;

  private static List<String> programs() throws IOException {
    try (Stream<Path> files = Files.list(ProgramRun.SOURCES)) {
      List<String> programs = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        if (text.contains("public static void main(") && !text.contains("import dev.standstill.")) {
          programs.add(file.getFileName().toString().replace(".java", ""));
        }
      }
      return programs;
    }
  }

  @Test
  void allAreShownWithoutAComplaint() throws Exception {
    assumeTrue(
        Browser.isThere(),
        "No page was opened: this machine has no chromium and chromedriver on its PATH.");
    List<String> programs = programs();
    assertThat(programs).hasSizeGreaterThan(6);
    for (String program : programs) {
      Path page = directory.resolve(program + ".html");
      ProgramRun run = ProgramRun.standstill(program, "--until=1d", "--timeline=" + page);
      assertThat(run.err()).as(program).contains("Timeline: " + page);
    }
    Path first = directory.resolve(programs.getFirst() + ".html");
    try (Browser browser = Browser.open(first, 1280, 720, false)) {
      for (String program : programs) {
        browser.show(directory.resolve(program + ".html"), 1280, 720, false);
        assertThat(browser.text("summary")).as(program).contains(" slices, ");
        browser.press(Keys.END, Keys.ARROW_LEFT, "t", "0", Keys.HOME);
        assertThat(browser.text("panel")).as(program).contains("Slice 1 of ");
        assertThat(browser.errors()).as(program).isEmpty();
      }
    }
  }
}
