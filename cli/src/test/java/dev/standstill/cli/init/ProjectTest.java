package dev.standstill.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {

  private static final String BARE =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
         <modelVersion>4.0.0</modelVersion>
         <groupId>com.acme</groupId> <!-- ours -->
         <artifactId>shop</artifactId>
         <version>1</version>
      </project>
      """;

  @TempDir Path directory;

  @Test
  void aBareMavenProjectGetsAllThatIsMissing() throws Exception {
    write("pom.xml", BARE);

    List<String> said = init();

    assertThat(said)
        .startsWith(
            "pom.xml: added maven.compiler.release 25, the dependency standstill-junit, maven-compiler-plugin, maven-surefire-plugin.",
            "src/test/java/com/acme/FirstLoopTest.java: written.",
            "Run it: mvn test -Dtest=FirstLoopTest");
    assertThat(read("pom.xml"))
        .startsWith(BARE.replace("</project>\n", ""))
        .contains(
            """
               <dependencies>
                  <dependency>
                     <groupId>dev.standstill</groupId>
                     <artifactId>standstill-junit</artifactId>
            """,
            """
               <properties>
                  <maven.compiler.release>25</maven.compiler.release>
               </properties>
            """)
        .endsWith("   </build>\n</project>\n");
    assertThat(read("src/test/java/com/acme/FirstLoopTest.java"))
        .startsWith("package com.acme;\n\nimport ")
        .contains("@LoopTest");
  }

  @Test
  void nothingIsAddedTwice() throws Exception {
    write("pom.xml", BARE);
    init();
    String pom = read("pom.xml");
    write("src/test/java/com/acme/FirstLoopTest.java", "mine");

    List<String> said = init();

    assertThat(said)
        .startsWith(
            "pom.xml has all that is needed.",
            "src/test/java/com/acme/FirstLoopTest.java is there already.");
    assertThat(read("pom.xml")).isEqualTo(pom);
    assertThat(read("src/test/java/com/acme/FirstLoopTest.java")).isEqualTo("mine");
  }

  @Test
  void whatTheProjectSaysItselfStays() throws Exception {
    write(
        "pom.xml",
        """
        <project>
          <parent>
            <groupId>com.acme.parent</groupId>
          </parent>
          <dependencyManagement>
            <dependencies>
              <dependency><artifactId>standstill-junit</artifactId></dependency>
            </dependencies>
          </dependencyManagement>
          <dependencies>
            <!-- none yet -->
          </dependencies>
        </project>
        """);

    assertThat(init())
        .startsWith(
            "pom.xml: added the dependency standstill-junit.",
            "src/test/java/com/acme/parent/FirstLoopTest.java: written.");
    assertThat(read("pom.xml"))
        .contains(
            "    <!-- none yet -->\n    <dependency>\n      <groupId>dev.standstill</groupId>\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<project><packaging>pom</packaging></project>",
        "<project>",
        "<projects/>",
        "<!DOCTYPE project><project/>"
      })
  void aPomThatCannotBeChangedIsLeftAsItIs(String pom) throws IOException {
    write("pom.xml", pom);

    assertThatThrownBy(this::init)
        .isInstanceOf(CannotInitException.class)
        .hasMessageEndingWith(".");
    assertThat(read("pom.xml")).isEqualTo(pom);
    assertThat(directory.resolve("src")).doesNotExist();
  }

  @Test
  void outsideOfAProjectIsRefused() {
    assertThatThrownBy(this::init)
        .isInstanceOf(CannotInitException.class)
        .hasMessage(
            "There is no pom.xml, build.gradle.kts or build.gradle in %s: go to the folder of a project, or see what to add with standstill init --print."
                .formatted(directory));
  }

  @Test
  void aGradleProjectGetsTheDependency() throws Exception {
    String before =
        """
        plugins { java }
        group = "com.acme"

        buildscript {
          dependencies {
          }
        }
        dependencies {
        """;
    write("build.gradle.kts", before + "  testImplementation(libs.junit)\n}\n");

    assertThat(init())
        .startsWith(
            "build.gradle.kts: added the dependency standstill-junit.",
            "src/test/java/com/acme/FirstLoopTest.java: written.",
            "Run it: gradle test --tests '*FirstLoopTest'");
    assertThat(read("build.gradle.kts"))
        .startsWith(before + "  testImplementation(\"dev.standstill:standstill-junit:")
        .endsWith("\")\n  testImplementation(libs.junit)\n}\n");
    assertThat(init()).startsWith("build.gradle.kts has all that is needed.");
  }

  @Test
  void aGradleBuildWithoutAPlaceForItIsLeftAsItIs() throws IOException {
    write("build.gradle", "apply from: 'common.gradle'\n");

    assertThatThrownBy(this::init)
        .hasMessageStartingWith("build.gradle has no dependencies { at the beginning of a line");
    assertThat(read("build.gradle")).isEqualTo("apply from: 'common.gradle'\n");
  }

  @Test
  void aPackageMayBeAskedFor() throws Exception {
    write("pom.xml", BARE);

    Project.in(directory).init("org.example");

    assertThat(read("src/test/java/org/example/FirstLoopTest.java"))
        .startsWith("package org.example;");
    assertThatThrownBy(() -> Project.in(directory).init("no name"))
        .hasMessage("\"no name\" is no name of a package.");
  }

  @Test
  void printingWritesNothing() throws IOException {
    assertThat(Project.in(directory).toPrint())
        .contains("For pom.xml:", "For build.gradle.kts:", "class FirstLoopTest");
    write("pom.xml", BARE);
    assertThat(Project.in(directory).toPrint()).doesNotContain("gradle");
    assertThat(read("pom.xml")).isEqualTo(BARE);
  }

  private List<String> init() throws CannotInitException {
    return Project.in(directory).init(null);
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
