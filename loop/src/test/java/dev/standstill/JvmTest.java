package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.probe.Asking;
import dev.standstill.probe.Bare;
import dev.standstill.probe.MainThreads;
import dev.standstill.probe.Quiet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs a JVM of its own: other flags than those of the tests, or an untouched JDK. */
class JvmTest {

  private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  @Test
  void loopWorksWithOnePackageOpenedAndNoAgent() throws Exception {
    assertThat(Jvm.run(List.of(OPEN), Bare.class))
        .isEqualTo(new Child.Result(0, "slept, got a byte, saw the monitor free: 42\n", ""));
  }

  @Test
  void codeMayAskForItsLoopWithoutAnyFlag() throws Exception {
    assertThat(Jvm.run(List.of(), Asking.class))
        .isEqualTo(new Child.Result(0, "Optional.empty, in a virtual thread Optional.empty\n", ""));
  }

  @Test
  void onlyTheMainThreadGetsTheMainLoopOnDemand() throws Exception {
    assertThat(Jvm.run(List.of(OPEN), MainThreads.class))
        .isEqualTo(
            new Child.Result(
                0,
                """
                before: false, then: the main loop, and again
                Thread "main" has no event loop: make one for it with EventLoop.open(), or give it \
                one with EventLoop.setCurrent(loop), such as EventLoop.main().
                """,
                ""));
  }

  @Test
  void loopIsRefusedInOneSentenceWithoutAnyFlag() throws Exception {
    Child.Result result = Jvm.run(List.of(), Bare.class);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().findFirst())
        .hasValueSatisfying(line ->
            assertThat(line)
                .startsWith(
                    "Exception in thread \"main\""
                        + " dev.standstill.jdk.UnsupportedJdkException: java.base/java.lang is"
                        + " closed to Standstill in this JVM (")
                .endsWith(
                    "): start it with -javaagent:standstill-agent.jar, or, for production"
                        + " loops only, with --add-opens java.base/java.lang=ALL-UNNAMED."));
  }

  @Test
  void timersOfALoopNeedNoThreadOfTheJdk() throws Exception {
    Child.Result result = Jvm.run(List.of(OPEN), Quiet.class);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("new threads: []\n");
  }
}
