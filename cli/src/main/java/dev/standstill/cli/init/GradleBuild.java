package dev.standstill.cli.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A project that Gradle builds, whose build file is a program in Kotlin or Groovy. */
final class GradleBuild implements Build {

  static final List<String> FILES = List.of("build.gradle.kts", "build.gradle");

  /** At the beginning of a line: those of plugins and of conventions are further inside. */
  private static final Pattern DEPENDENCIES =
      Pattern.compile("^dependencies[ \\t]*\\{[ \\t]*(\\R)", Pattern.MULTILINE);

  private static final Pattern GROUP =
      Pattern.compile("^group\\s*=?\\s*[\"']([\\w.]+)[\"']", Pattern.MULTILINE);

  private final Path file;
  private final String text;
  private final Versions versions;

  private GradleBuild(Path file, String text, Versions versions) {
    this.file = file;
    this.text = text;
    this.versions = versions;
  }

  static GradleBuild of(Path file, Versions versions) throws CannotInitException {
    try {
      return new GradleBuild(file, Files.readString(file), versions);
    } catch (IOException e) {
      throw new CannotInitException(
          "%s cannot be read: %s.".formatted(file.getFileName(), e.getMessage()));
    }
  }

  @Override
  public String packageName() {
    Matcher group = GROUP.matcher(text);
    return group.find() ? group.group(1) : "";
  }

  @Override
  public String command(String test) {
    return "gradle test --tests '*%s'".formatted(test);
  }

  @Override
  public Change change() throws CannotInitException {
    if (text.contains("standstill-junit")) {
      return new Change(file, text, List.of());
    }
    List<Integer> places = DEPENDENCIES.matcher(text).results().map(found -> found.end()).toList();
    if (places.size() != 1) {
      throw new CannotInitException(
          "%s has %s dependencies { at the beginning of a line, so it is not clear where to add to: standstill init --print shows what to add."
              .formatted(file.getFileName(), places.isEmpty() ? "no" : "more than one"));
    }
    int place = places.getFirst();
    String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    String changed =
        text.substring(0, place)
            + indentation(place)
            + dependency(versions, file.toString().endsWith(".kts"))
            + lineEnd
            + text.substring(place);
    return new Change(file, changed, List.of("the dependency standstill-junit"));
  }

  private String indentation(int place) {
    return Optional.of(Pattern.compile("[ \\t]+(?=\\S)").matcher(text).region(place, text.length()))
        .filter(Matcher::lookingAt)
        .map(Matcher::group)
        .orElse("    ");
  }

  private static String dependency(Versions versions, boolean inKotlin) {
    String coordinates = "dev.standstill:standstill-junit:" + versions.of("standstill");
    return inKotlin
        ? "testImplementation(\"%s\")".formatted(coordinates)
        : "testImplementation '%s'".formatted(coordinates);
  }

  /** What to add to any project. */
  static String toPrint(Versions versions) {
    return """
    dependencies {
        %s
        testRuntimeOnly("org.junit.platform:junit-platform-launcher")
    }
    tasks.test {
        useJUnitPlatform()
    }
    java {
        toolchain { languageVersion = JavaLanguageVersion.of(25) }
    }\
    """
        .formatted(dependency(versions, true));
  }
}
