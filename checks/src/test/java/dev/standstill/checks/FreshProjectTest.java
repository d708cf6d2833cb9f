package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.standstill.children.Child;
import dev.standstill.children.OtherJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/install.md tells newcomers to type, typed into a project outside this repository. */
class FreshProjectTest {

  private static final String SELF_ATTACHED = "A Java agent has been loaded dynamically";

  private static final String TOOLCHAIN = FreshProject.buildFile("maven/toolchain.xml");
  private static final String JACOCO = FreshProject.buildFile("maven/jacoco.xml");

  @TempDir private static Path repositories;
  private static LocalRepository repository;

  @TempDir private Path directory;
  private FreshProject project;

  @BeforeAll
  static void install() throws IOException {
    repository = LocalRepository.in(repositories.resolve("with blanks"));
  }

  @AfterAll
  static void removeLinks() throws IOException {
    repository.close();
  }

  @BeforeEach
  void make() throws IOException {
    project = FreshProject.ofInstallPage(directory.resolve("shop with blanks"), repository);
  }

  @Test
  void runsItsTestWithTheAgentOfAPathWithBlanks() throws Exception {
    assertThat(passed("test"))
        .contains("argLine set to \"-javaagent:")
        .doesNotContain(SELF_ATTACHED);
  }

  @Test
  void versionsThatThePageShowsAreThoseOfThisBuild() throws Exception {
    String parent = Files.readString(Repository.root().resolve("pom.xml"));
    for (String name : new String[] {"compiler", "surefire", "toolchains", "jacoco"}) {
      String version = value(parent, name + "-plugin.version");
      assertThat(project.read("pom.xml") + TOOLCHAIN + JACOCO)
          .containsPattern(
              "<artifactId>(maven-)?%s(-maven)?-plugin</artifactId>\\s*<version>%s<"
                  .formatted(name, Pattern.quote(version)));
    }
    assertThat(value(project.read("pom.xml"), "junit.version"))
        .isEqualTo(value(parent, "junit.version"));
    String page = Repository.read(Repository.root().resolve("docs/install.md"));
    assertThat(page)
        .contains("junit-bom:" + value(parent, "junit.version"))
        .contains(value(parent, "junit.newest5.version"), value(parent, "jdk.range"));
    assertThat(Pattern.compile("standstill-(?:bom|agent):([0-9][^\"']*)").matcher(page).results())
        .extracting(found -> found.group(1))
        .hasSize(4)
        .containsOnly(LocalRepository.version());
    assertThat(value(project.read("pom.xml"), "standstill.version"))
        .isEqualTo(LocalRepository.version());
  }

  @Test
  @Tag("slow")
  void runsItsTestWithoutTheFlag() throws Exception {
    project.change(project.element("plugin", "standstill-maven-plugin"), "");

    assertThat(passed("test")).contains(SELF_ATTACHED);
  }

  @Test
  @Tag("slow")
  void runsItsTestWhereMavenRunsOnAnOlderJdk() throws Exception {
    Optional<Path> older = OtherJdk.home(17);
    assumeThat(older).as("the home of a JDK 17").isPresent();
    project.addPluginFirst(TOOLCHAIN).onJdk(older.orElseThrow());

    assertThat(passed("test")).doesNotContain(SELF_ATTACHED);
  }

  @Test
  @Tag("slow")
  void measuresCoverageByAJaCoCoThatComesFirst() throws Exception {
    project.addPluginFirst(JACOCO);
    sell();

    assertThat(passed("verify")).doesNotContain(SELF_ATTACHED);
    assertCoverage();
  }

  @Test
  @Tag("slow")
  void measuresCoverageByAJaCoCoThatComesLast() throws Exception {
    project
        .change("<execution>", "<execution>\n            <phase>initialize</phase>")
        .addPluginLast(JACOCO);
    sell();

    assertThat(passed("verify")).doesNotContain(SELF_ATTACHED);
    assertCoverage();
  }

  /** Gives the project something that its test covers. */
  private void sell() throws IOException {
    project.write("src/main/java/Shop.java", "class Shop { static void sell() {} }");
    String test = project.read("src/test/java/FirstTest.java");
    project.write("src/test/java/FirstTest.java", test.replace("Thread.", "Shop.sell();\nThread."));
  }

  private void assertCoverage() throws IOException {
    assertThat(project.read("target/site/jacoco/jacoco.csv")).containsPattern("Shop,\\d+,[1-9]");
  }

  @Test
  @Tag("slow")
  void keepsCoverageWhereSurefireHasAnArgLineThatNamesTheProperty() throws Exception {
    project.addPluginFirst(JACOCO).change(surefire(), withArgLine("@{argLine} -Xmx300m"));
    sell();

    assertThat(passed("verify")).doesNotContain(SELF_ATTACHED, "are left out");
    assertCoverage();
  }

  @Test
  @Tag("slow")
  void warnsOfAnArgLineThatHidesTheAgents() throws Exception {
    project.change(surefire(), withArgLine("-Xmx300m"));

    assertThat(passed("test"))
        .contains("write <argLine>@{argLine} -Xmx300m</argLine>.")
        .contains(SELF_ATTACHED);
    assertThat(passed("surefire:test")).contains(SELF_ATTACHED);
  }

  @Test
  @Tag("slow")
  void runsSurefireAloneWithTheFlagAndWithout() throws Exception {
    project.mvn("test-compile");

    assertThat(passed("surefire:test")).contains(SELF_ATTACHED);
    assertThat(passed("standstill:agent", "surefire:test")).doesNotContain(SELF_ATTACHED);
  }

  @Test
  @Tag("slow")
  void leavesAModuleWithoutStandstillAsItIs() throws Exception {
    project
        .change(project.element("dependency", "standstill-junit"), "")
        .write("src/test/java/FirstTest.java", "class FirstTest {}");

    Child.Result result = project.mvn("test");

    assertThat(result.out())
        .contains("There is no standstill-agent among the dependencies for tests: nothing to do.");
    assertThat(result.status()).isZero();
  }

  @Test
  @Tag("slow")
  void exploresAProgramAndRepeatsTheScheduleThatFails() throws Exception {
    OtherJdk.home(17).ifPresent(project.addPluginFirst(TOOLCHAIN)::onJdk);
    project.write("src/main/java/Race.java", RACE);

    Child.Result explored = project.mvn("standstill:explore", "-Dstandstill.program=Race");

    assertThat(explored.out())
        .contains("IllegalStateException: Lost: 1", "The program Race fails: see above.");
    assertThat(explored.status()).isEqualTo(1);
    Matcher repetition =
        Pattern.compile(
                "mvn (standstill:replay) (-Dstandstill.token=\\S+) (-Dstandstill.program=Race)")
            .matcher(explored.out());
    assertThat(repetition.find()).as(explored.out()).isTrue();

    Child.Result replayed =
        project.mvn(repetition.group(1), repetition.group(2), repetition.group(3));

    assertThat(replayed.out()).contains("IllegalStateException: Lost: 1");
    assertThat(replayed.status()).isEqualTo(1);
  }

  private static final String RACE =
      """
      import java.util.concurrent.atomic.AtomicInteger;

      class Race {
        public static void main(String[] args) throws InterruptedException {
          AtomicInteger sum = new AtomicInteger();
          Runnable add = () -> sum.set(sum.get() + 1);
          Thread first = new Thread(add);
          Thread second = new Thread(add);
          first.start();
          second.start();
          first.join();
          second.join();
          if (sum.get() != 2) {
            throw new IllegalStateException("Lost: " + sum);
          }
        }
      }
      """;

  private String surefire() throws IOException {
    return project.element("plugin", "maven-surefire-plugin");
  }

  private String withArgLine(String argLine) throws IOException {
    return surefire()
        .replace(
            "</version>",
            "</version><configuration><argLine>" + argLine + "</argLine></configuration>");
  }

  /** Runs goals in which the test of the page passes; returns what Maven printed. */
  private String passed(String... goals) throws IOException, InterruptedException {
    return project.passed(1, goals);
  }

  private static String value(String pom, String property) {
    Matcher value =
        Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(Pattern.quote(property))).matcher(pom);
    assertThat(value.find()).as(property).isTrue();
    return value.group(1);
  }
}
