package dev.standstill.cli.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A project that Maven builds. */
final class MavenBuild implements Build {

  static final String FILE = "pom.xml";

  private static final String ARTIFACT = "standstill-junit";
  private static final String RELEASE = "maven.compiler.release";

  /** Wherever one of these is, the project says itself what Java it is for. */
  private static final List<String> SAY_RELEASE =
      List.of(
          "maven.compiler.release",
          "maven.compiler.source",
          "maven.compiler.target",
          "java.version",
          "configuration/release",
          "configuration/source",
          "configuration/target");

  /** Those of Maven itself may be too old for Java 25 or for JUnit. */
  private static final List<String> PLUGINS =
      List.of("maven-compiler-plugin", "maven-surefire-plugin");

  private final Path file;
  private final String text;
  private final XmlText pom;
  private final Versions versions;

  private MavenBuild(Path file, String text, XmlText pom, Versions versions) {
    this.file = file;
    this.text = text;
    this.pom = pom;
    this.versions = versions;
  }

  static MavenBuild in(Path directory, Versions versions) throws CannotInitException {
    Path file = directory.resolve(FILE);
    try {
      String text = Files.readString(file);
      XmlText pom = XmlText.of(text);
      if (pom.find("project").isEmpty()) {
        throw new IllegalArgumentException("it has no <project>");
      }
      return new MavenBuild(file, text, pom, versions);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotInitException(
          "%s cannot be changed: %s. standstill init --print shows what to add."
              .formatted(FILE, e.getMessage()));
    }
  }

  @Override
  public String packageName() {
    return pom.value("project/groupId")
        .or(() -> pom.value("project/parent/groupId"))
        .filter(name -> !name.contains("$"))
        .orElse("");
  }

  @Override
  public String command(String test) {
    return "mvn test -Dtest=" + test;
  }

  @Override
  public Change change() throws CannotInitException {
    if (pom.value("project/packaging").equals(Optional.of("pom"))) {
      throw new CannotInitException(
          "The project here only holds modules (its packaging is pom): go to the folder of one of them.");
    }
    boolean isAlone = pom.find("project/parent").isEmpty();
    Edits edits = new Edits();
    if (isAlone && SAY_RELEASE.stream().noneMatch(pom::has)) {
      edits.add("project/properties", release(), RELEASE + " 25");
    }
    if (!pom.has("project/dependencies/dependency/artifactId", ARTIFACT)) {
      edits.add("project/dependencies", dependency(versions), "the dependency " + ARTIFACT);
    }
    for (String plugin : PLUGINS) {
      if (isAlone && !pom.has("plugin/artifactId", plugin)) {
        edits.add("project/build/plugins", plugin(plugin, versions), plugin);
      }
    }
    return new Change(file, edits.text, edits.said);
  }

  /** What to add to any project. */
  static String toPrint(Versions versions) {
    List<String> lines = new ArrayList<>(List.of("<properties>"));
    release().forEach(line -> lines.add("  " + line));
    lines.addAll(List.of("</properties>", "<dependencies>"));
    dependency(versions).forEach(line -> lines.add("  " + line));
    lines.addAll(List.of("</dependencies>", "<build>", "  <plugins>"));
    PLUGINS.forEach(name -> plugin(name, versions).forEach(line -> lines.add("    " + line)));
    lines.addAll(List.of("  </plugins>", "</build>"));
    return String.join("\n", lines);
  }

  private static List<String> dependency(Versions versions) {
    return List.of(
        "<dependency>",
        "  <groupId>dev.standstill</groupId>",
        "  <artifactId>%s</artifactId>".formatted(ARTIFACT),
        "  <version>%s</version>".formatted(versions.of("standstill")),
        "  <scope>test</scope>",
        "</dependency>");
  }

  private static List<String> release() {
    return List.of("<%s>25</%s>".formatted(RELEASE, RELEASE));
  }

  private static List<String> plugin(String name, Versions versions) {
    return List.of(
        "<plugin>",
        "  <artifactId>%s</artifactId>".formatted(name),
        "  <version>%s</version>".formatted(versions.of(name)),
        "</plugin>");
  }

  /** One edit after the other. */
  private final class Edits {

    private String text = MavenBuild.this.text;
    private final List<String> said = new ArrayList<>();

    void add(String path, List<String> lines, String words) {
      text = XmlText.of(text).with(path, lines);
      said.add(words);
    }
  }
}
