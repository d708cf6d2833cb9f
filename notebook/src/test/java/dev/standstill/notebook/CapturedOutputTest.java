package dev.standstill.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is printed while tests run. */
class CapturedOutputTest {

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true));
  }

  @AfterEach
  void restore() {
    System.setOut(before);
  }

  @Test
  void whatIsPrintedIsTakenOnce() {
    try (CapturedOutput output = new CapturedOutput()) {
      System.out.print("one");
      assertThat(output.take()).isEqualTo("one");
      System.out.print("two");
      assertThat(output.take()).isEqualTo("two");
    }
    assertThat(printed).hasToString("");
  }

  @Test
  void whatNobodyHasTakenIsPrintedAfterAll() {
    try (CapturedOutput _ = new CapturedOutput()) {
      System.out.print("one");
    }
    assertThat(printed).hasToString("one");
  }

  @Test
  void megabytesOfOneTestAreCutWithASentence() {
    try (CapturedOutput output = new CapturedOutput()) {
      System.out.print("x".repeat(3_000_000));
      assertThat(output.take())
          .startsWith(
              "x".repeat(CapturedOutput.LIMIT_OF_TEST) + "\n[Cut here: 2,900,000 bytes more")
          .hasSizeLessThan(CapturedOutput.LIMIT_OF_TEST + 200);
      System.out.print("the next test");
      assertThat(output.take()).isEqualTo("the next test");
    }
  }

  @Test
  void whatManyTestsPrintIsCutToo() {
    int all = 0;
    try (CapturedOutput output = new CapturedOutput()) {
      for (int test = 0; test < 20; test++) {
        System.out.print("x".repeat(CapturedOutput.LIMIT_OF_TEST));
        all += output.take().length();
      }
    }
    assertThat(all).isBetween(CapturedOutput.LIMIT_OF_RUN, CapturedOutput.LIMIT_OF_RUN + 20 * 200);
  }

  /** A kernel that is interrupted may begin the next cell while the run is still ending. */
  @Test
  void aStreamThatIsPutBackAfterTheRunPrintsAsEver() {
    PrintStream capturing;
    try (CapturedOutput _ = new CapturedOutput()) {
      capturing = System.out;
    }
    System.setOut(capturing);

    System.out.print("later");

    assertThat(printed).hasToString("later");
  }
}
