package dev.standstill.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.console.ConsoleLauncher;

/** Whole suites in a JVM of their own, as a build starts them. */
class WholeSuiteJvmTest {

  @TempDir Path folder;

  /** Runs the suite in the folder, which is the first of the class path. */
  private Child.Result run(List<String> flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Jvm.tool("java"));
    command.addAll(flags);
    String classPath = folder + File.pathSeparator + absoluteClassPath();
    command.addAll(List.of("-cp", classPath, ConsoleLauncher.class.getName(), "execute"));
    command.addAll(List.of("--disable-banner", "--disable-ansi-colors"));
    command.addAll(List.of("-c", Unannotated.EachKind.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    return Child.run(builder);
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  @Test
  void aFileOfJUnitIsEnough() throws Exception {
    Files.writeString(folder.resolve("junit-platform.properties"), "standstill.loop = EachKind\n");
    Files.createDirectory(folder.resolve("build"));

    Child.Result result = run(List.of(Jvm.agent()));

    assertThat(result.out())
        .as("%s", result)
        .contains("Standstill: 8 tests, all on loops, none failed. Virtual time ")
        .contains("Page: " + Path.of("build/standstill/suite.html"))
        .contains("8 tests successful", "0 tests failed");
    assertThat(folder.resolve("build/standstill/suite.html")).isNotEmptyFile();
  }

  @Test
  void aSystemPropertyIsEnoughAndNoFlagForTheAgentIsNeeded() throws Exception {
    Child.Result result = run(List.of("-Dstandstill.loop=all"));

    assertThat(result.out())
        .as("%s", result)
        .contains("Standstill: 8 tests, all on loops")
        .contains("There is no folder target or build here, so no page was written")
        .contains("8 tests successful", "0 tests failed");
  }

  @Test
  void whereTheAgentCannotAttachTheRunEndsWithWhatToDo() throws Exception {
    Child.Result result = run(List.of("-Dstandstill.loop=all", "-XX:+DisableAttachMechanism"));

    assertThat(result.out() + result.err())
        .as("%s", result)
        .contains("Standstill's agent could not be loaded into the running JVM")
        .doesNotContain("tests successful");
    assertThat(result.status()).isNotZero();
  }
}
