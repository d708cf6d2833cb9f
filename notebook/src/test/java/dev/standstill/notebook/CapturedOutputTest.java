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
