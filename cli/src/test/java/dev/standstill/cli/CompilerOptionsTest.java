package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompilerOptionsTest {

  @Test
  void whatTheCompilerHasToKnowIsPickedOut() {
    assertThat(
            CompilerOptions.of(
                List.of(
                    "-Dtown=Bonn",
                    "-Xmx1g",
                    "--module-path=a:b",
                    "--add-exports",
                    "java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED")))
        .containsExactly(
            "--module-path", "a:b", "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED");
  }

  @Test
  void modulesThatOnlyTheJvmKnowsAreLeftOut() {
    assertThat(CompilerOptions.of(List.of("--add-modules=ALL-DEFAULT,java.sql,ALL-MODULE-PATH")))
        .containsExactly("--add-modules", "java.sql,ALL-MODULE-PATH");
    assertThat(CompilerOptions.of(List.of("--add-modules=ALL-DEFAULT"))).isEmpty();
  }

  @Test
  void previewFeaturesAreThoseOfThisJavaUnlessAnotherIsAskedFor() {
    assertThat(CompilerOptions.of(List.of("--enable-preview")))
        .containsExactly("--enable-preview", "--source", "25");
    assertThat(CompilerOptions.of(List.of("--enable-preview", "-Djdk.internal.javac.source=21")))
        .containsExactly("--release", "21", "--enable-preview");
  }
}
