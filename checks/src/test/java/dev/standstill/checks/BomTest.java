package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The BOM, which is no child of the parent, says what the modules say. */
class BomTest {

  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(standstill-[a-z0-9]+)</artifactId>");

  private final String bom = pom("bom");
  private final String parent = pom("");

  @Test
  void hasEachLibraryAndTheCommandLine() {
    List<String> published =
        Stream.concat(Repository.LIBRARIES.stream(), Stream.of("cli"))
            .map(BomTest::pom)
            .map(pom -> pom.substring(pom.indexOf("</parent>")))
            .map(pom -> first(ARTIFACT, pom))
            .toList();

    assertThat(ARTIFACT.matcher(bom).results().skip(1).map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void agreesWithTheParent() {
    for (String element :
        List.of(
            "version",
            "url",
            "connection",
            "developerConnection",
            "organizationUrl",
            "project.build.outputTimestamp",
            "gpg-plugin.version",
            "spotless-plugin.version",
            "install-plugin.version",
            "deploy-plugin.version")) {
      Pattern value = Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(Pattern.quote(element)));
      assertThat(first(value, bom)).as(element).isEqualTo(first(value, parent));
    }
  }

  private static String pom(String module) {
    return Repository.read(Repository.root().resolve(module).resolve("pom.xml"));
  }

  private static String first(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
