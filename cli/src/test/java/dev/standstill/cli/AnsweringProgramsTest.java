package dev.standstill.cli;

import static dev.standstill.cli.ProgramsContract.Expected.ends;

import java.util.stream.Stream;

/**
 * Programs that ask the JDK who waits, who holds and what runs where: the answers are those of a
 * JVM. Their sources are in {@code src/test/programs/answers}.
 */
class AnsweringProgramsTest extends ProgramsContract {

  AnsweringProgramsTest() {
    super("answers");
  }

  @Override
  Stream<Expected> programs() {
    return Stream.of(
        ends("QueuedThread", "", "true true true", "false false"),
        ends("Owners", "", "true", "true", "true", "false", "true", "false"),
        ends("Blocker", "", "null", "a pillow", "null"),
        ends("OwnQueue", "", "2 of the worker, 2 of workers, 0 from outside", "[second, first]"),
        ends("OwnInterrupt", "", "closed", "cancelled"),
        ends("ExitWhileOthersHold", "", "exits", "line", "last line"));
  }
}
