package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of several source files is run as {@code java} runs it: by the one with main. */
class SourceTreeTest {

  @TempDir Path directory;

  @Test
  void filesBesideItAndInFoldersOfPackagesBelongToIt() {
    write("Tools.java", "class Tools { static String name() { return com.acme.deep.Town.NAME; } }");
    write(
        "com/acme/deep/Town.java",
        "package com.acme.deep; public class Town { public static final String NAME = new Bonn().name(); }");
    write(
        "com/acme/deep/Bonn.java",
        "package com.acme.deep; class Bonn { String name() { return \"Bonn\"; } }");

    assertPrints("Main.java", "void main() { IO.print(Tools.name()); }", "Bonn");
  }

  @Test
  void theFolderOfAPackageIsBelowThatOfAll() {
    write("com/acme/Other.java", "package com.acme; class Other {}");
    write(
        "org/Far.java",
        "package org; public class Far { public String toString() { return \"far\"; } }");

    assertPrints(
        "com/acme/Main.java",
        "package com.acme; class Main { static void main() { IO.print(new org.Far() + \" \" + new Other().getClass()); } }",
        "far class com.acme.Other");
  }

  @Test
  void aClassThatOnlyItsNameIsKnownOfIsCompiledLate() {
    write(
        "Late.java",
        "class Late { static class Inner {} public String toString() { return \"late\"; } }");

    assertPrints(
        "Main.java",
        """
        void main() throws Exception {
          IO.print(Class.forName("Late").getDeclaredConstructor().newInstance());
          IO.print(" " + Class.forName("Late$Inner").getName());
        }
        """,
        "late Late$Inner");
  }

  @Test
  void aClassThatDoesNotCompileLateIsAnErrorOfTheProgram() {
    write("Late.java", "class Late { int x = \"\"; }");

    Outcome outcome = run("Main.java", "void main() throws Exception { Class.forName(\"Late\"); }");

    assertThat(outcome.err())
        .contains("NoClassDefFoundError", "Late.java:1: error: incompatible types");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void filesThatItDoesNotNeedMayBeWrong() {
    write("Wrong.java", "class Wrong { int x = \"\"; }");

    assertPrints("Main.java", "void main() { IO.print(\"ran\"); }", "ran");
  }

  @Test
  void aFileThatItNeedsAndThatIsWrongIsTold() {
    write("Wrong.java", "class Wrong { int x = \"\"; }");

    Outcome outcome = run("Main.java", "void main() { new Wrong(); }");

    assertThat(outcome.err())
        .contains("Wrong.java:1: error: incompatible types")
        .doesNotContain("\tat ");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void aFileThatLiesElsewhereThanItsPackageSaysStandsAlone() {
    assertPrints(
        "Main.java",
        "package com.acme; class Main { static void main() { IO.print(\"alone\"); } }",
        "alone");
  }

  @Test
  void theClassNamedLikeTheFileHasMainIfTheFirstHasNone() {
    assertPrints(
        "Main.java",
        "class First {} class Main { static void main() { IO.print(\"second\"); } }",
        "second");
  }

  @Test
  void filesBesideItAreItsResources() {
    write("greeting.txt", "hello");

    assertPrints(
        "Main.java",
        """
        void main() throws Exception {
          ClassLoader loader = getClass().getClassLoader();
          IO.print(new String(loader.getResourceAsStream("greeting.txt").readAllBytes()));
          IO.print(" " + java.util.Collections.list(loader.getResources("greeting.txt")).size());
          IO.print(" " + loader.getResource("../greeting.txt"));
        }
        """,
        "hello 1 null");
  }

  @Test
  void classesOfJarsAreSeenAndSourcesComeFirst() throws IOException {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Path jar = classes.resolve("lib.jar");
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path inJar = SourceFile.write(elsewhere, "InJar.java", "package lib; public class InJar {}");
    Path both =
        SourceFile.write(
            elsewhere,
            "Both.java",
            "package lib; public class Both { public static final String WHERE = new String(\"jar\"); }");
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", classes.toString(), inJar.toString(), both.toString());
    java.util.spi.ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), "lib");
    write(
        "lib/Both.java",
        "package lib; public class Both { public static final String WHERE = new String(\"source\"); }");
    Path main =
        write(
            "Main.java", "void main() { IO.print(new lib.InJar().getClass() + lib.Both.WHERE); }");

    assertThat(Outcome.of("run", "-cp", jar, main).out()).isEqualTo("class lib.InJarsource");
  }

  private void assertPrints(String file, String source, String printed) {
    Outcome outcome = run(file, source);
    assertThat(outcome.out()).as(outcome.err()).isEqualTo(printed);
    assertThat(outcome.exitCode()).isZero();
  }

  private Outcome run(String file, String source) {
    return Outcome.of("run", write(file, source));
  }

  private Path write(String file, String text) {
    Path path = directory.resolve(file);
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return SourceFile.write(path.getParent(), path.getFileName().toString(), text);
  }
}
