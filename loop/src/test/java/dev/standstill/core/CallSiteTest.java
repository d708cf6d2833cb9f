package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.jdk.JdkCheck;
import dev.standstill.jdk.VirtualThreads;
import dev.standstill.probe.Program;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class CallSiteTest {

  @Test
  void namesTheThreadAndThePlaceInTheProgramThatCalledIntoTheLoop() throws Exception {
    FutureTask<CallSite> here = new FutureTask<>(() -> Program.call(CallSite::new));
    Thread.ofPlatform().name("closer").start(here);
    assertThat(here.get()).asString().matches("thread \"closer\" \\(Program\\.java:\\d+\\)");
  }

  @Test
  void callsTheThreadOfALoopATask() throws Exception {
    JdkCheck.requireForLoops();
    FutureTask<CallSite> here = new FutureTask<>(() -> Program.call(CallSite::new));
    LiveScheduler scheduler = new LiveScheduler("loop", (thread, exception) -> {});
    VirtualThreads.builder(scheduler).name("shutdown").start(here);
    scheduler.driveUntil(here::isDone);
    assertThat(here.get()).asString().matches("task \"shutdown\" \\(Program\\.java:\\d+\\)");
  }

  @Test
  void saysThatThePlaceIsUnknownWhereTheStackShowsNone() throws Exception {
    FutureTask<CallSite> here = new FutureTask<>(CallSite::new);
    Thread.ofPlatform().name("bare").start(here);
    assertThat(here.get()).hasToString("thread \"bare\" (an unknown place)");
  }

  @Test
  void showsAPlaceAsAnEditorFindsIt() {
    assertThat(CallSite.brief(frame(null, "com.example.App"))).isEqualTo("App.java:41");
  }

  private static StackTraceElement frame(String module, String className) {
    return new StackTraceElement(null, module, null, className, "run", "App.java", 41);
  }
}
