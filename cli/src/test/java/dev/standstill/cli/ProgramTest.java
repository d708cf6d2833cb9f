package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes a program consists of, and where it starts. */
class ProgramTest {

  private static final String ASK_FOR_CLASS =
      """
      void main(String[] args) {
        try {
          IO.println(Class.forName(args[0]).getName());
        } catch (ClassNotFoundException e) {
          IO.println("unknown");
        }
      }
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public class Program { public static void main(String[] args) { IO.print(\"ran\"); } }",
        "class Program { static void main() { IO.print(\"ran\"); } }",
        "class Program { void main(String[] args) { IO.print(\"ran\"); } }",
        "class Program { protected void main() { IO.print(\"ran\"); } }",
        "class Program extends Base {} class Base { static void main() { IO.print(\"ran\"); } }",
        "record Program(int size) { Program() { this(1); } void main() { IO.print(\"ran\"); } }",
        "interface Program { static void main(String[] args) { IO.print(\"ran\"); } }",
        "enum Program { ONE; static void main() { IO.print(\"ran\"); } }",
        "class Program { static void main(String[] a) { IO.print(\"ran\"); } static void main() {} }",
        "void main() { IO.print(\"ran\"); }",
      })
  void everyFormOfMainIsFound(String source) {
    assertThat(Outcome.of("run", write(source)).out()).isEqualTo("ran");
  }

  @Test
  void theFirstClassOfTheFileIsTheProgram() {
    Path program =
        write(
            """
            class Second { static void main() { IO.print(new First().name()); } }
            class First { String name() { return "second comes first"; } }
            """);

    assertThat(Outcome.of("run", program).out()).isEqualTo("second comes first");
  }

  @Test
  void classOfTheClassPathIsRun() {
    Path source =
        write(
            """
            package com.example;
            class Program { static void main(String[] args) { IO.print("ran " + args[0]); } }
            """);
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", directory.toString(), source.toString());

    assertThat(Outcome.of("run", "com.example.Program", "-cp", directory, "--", "-x").out())
        .isEqualTo("ran -x");
  }

  @Test
  void classPathMayNameAllJarsOfDirectory() {
    Path empty = SourceFile.write(directory, "a.jar", "");
    SourceFile.write(directory, "b.txt", "");

    ClassPath path =
        ClassPath.parse(directory + File.separator + "*" + File.pathSeparator + "gone");

    assertThat(path).isEqualTo(new ClassPath(List.of(empty)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dev.standstill.EventLoop", "dev.standstill.cli.Main", "picocli.CommandLine"})
  void nothingOfTheCommandLineIsVisible(String name) {
    assertThat(Outcome.of("run", write(ASK_FOR_CLASS), name).out()).isEqualTo("unknown\n");
  }

  @Test
  void programThatBringsStandstillFindsTheLoopItRunsOn() {
    Path program =
        write(
            """
            import dev.standstill.*;
            import dev.standstill.test.TestLoop;

            void main() throws Exception {
              IO.println(EventLoop.current().name());
              IO.println(TestLoop.currentIfPresent().isPresent());
              IO.println(EventLoop.current().spawn("child", () -> 42).get());
            }
            """);
    String classPath = placeOf(EventLoop.class) + File.pathSeparator + placeOf(TestLoop.class);

    Outcome outcome = Outcome.of("run", program, "-cp", classPath);

    assertThat(outcome.out()).isEqualTo("run\ntrue\n42\n");
    assertThat(outcome.exitCode()).isZero();
  }

  private static String placeOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  private Path write(String source) {
    return SourceFile.write(directory, "Program.java", source);
  }
}
