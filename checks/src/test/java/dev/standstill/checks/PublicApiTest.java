package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The public surface of each published module is a text under review: {@code api/<module>.txt}. */
class PublicApiTest {

  private static final String HOW_TO_UPDATE =
      """
      If this is meant, run
        mvn verify -pl checks -am -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update
      and commit the file with the change.\
      """;

  @ParameterizedTest
  @FieldSource("dev.standstill.checks.Repository#LIBRARIES")
  void publicSurfaceIsAsReviewed(String module) throws IOException {
    Path file = Repository.root().resolve("api").resolve(module + ".txt");
    String found = PublicApi.of(Repository.classesOf(module));
    if (System.getProperty("api.update") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, found);
    }

    String reviewed = Files.exists(file) ? Files.readString(file) : "";
    assertThat(differences(reviewed, found))
        .as(
            "The public surface of %s is not what api/%s.txt says. %s",
            module, module, HOW_TO_UPDATE)
        .isEmpty();
  }

  @Test
  void descriptionShowsWhatOthersCanUse() {
    assertThat(PublicApi.describe(Sample.class))
        .isEqualTo(
            """
            public abstract static class dev.standstill.checks.PublicApiTest$Sample<T> : java.lang.Iterable<T>
              protected final int size
              protected Sample(java.util.List<? extends T>, long) throws java.io.IOException
              public static <E extends java.lang.Comparable<E>> @Nullable E first(E[])
            """);
  }

  @Test
  void differencesNameTheTypeOfEachMember() {
    String reviewed = "class A\n  void stays()\n  void goes()\n";
    String found = "class A\n  void comes()\n  void stays()\nclass B\n";

    assertThat(differences(reviewed, found))
        .containsExactly("- class A | void goes()", "+ class A | void comes()", "+ class B");
  }

  private static List<String> differences(String reviewed, String found) {
    List<String> before = membersWithTypes(reviewed);
    List<String> after = membersWithTypes(found);
    return Stream.concat(
            before.stream().filter(Predicate.not(after::contains)).map(line -> "- " + line),
            after.stream().filter(Predicate.not(before::contains)).map(line -> "+ " + line))
        .toList();
  }

  private static List<String> membersWithTypes(String description) {
    var lines = new ArrayList<String>();
    String type = "";
    for (String line : description.lines().filter(Predicate.not(String::isBlank)).toList()) {
      boolean member = line.startsWith(" ");
      type = member ? type : line;
      lines.add(member ? type + " | " + line.strip() : line);
    }
    return lines;
  }

  /** A type to describe. */
  public abstract static class Sample<T> implements Iterable<T> {
    protected final int size;
    int hidden;

    protected Sample(List<? extends T> items, long ignored) throws IOException {
      size = items.size();
    }

    public static <E extends Comparable<E>> @Nullable E first(E[] items) {
      return items.length == 0 ? null : items[0];
    }

    private synchronized void hide() {
      hidden++;
    }
  }
}
