package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every library of which {@code docs/libraries.md} says that it works has a test that shows it. */
class LibrariesPageTest {

  private static final List<String> MODULES_WITH_TESTS =
      List.of("kit", "network", "junit", "hosts/vertx");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  private static List<String> rows() {
    return Repository.read(Repository.root().resolve("docs/libraries.md"))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
        .skip(1)
        .toList();
  }

  @Test
  void eachRowNamesATestThatExists() {
    Set<String> tests = tests();
    for (String row : rows()) {
      String named = row.replaceFirst(".*\\| (.*) \\|$", "$1");
      List<String> names =
          TEST.matcher(named).results().map((MatchResult test) -> test.group(1)).toList();

      assertThat(tests).as(row).containsAll(names);
      assertThat(names.isEmpty() && !named.contains("foreign-suites.md")).as(row).isFalse();
    }
  }

  private static Set<String> tests() {
    return MODULES_WITH_TESTS.stream()
        .map(module -> Repository.root().resolve(module).resolve("src/test/java"))
        .flatMap(sources -> Repository.filesBelow(sources).stream())
        .flatMap(file -> Stream.of(file.getFileName().toString()))
        .filter(name -> name.endsWith("Test.java"))
        .map(name -> name.replace(".java", ""))
        .collect(Collectors.toSet());
  }
}
