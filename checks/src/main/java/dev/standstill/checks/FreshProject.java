package dev.standstill.checks;

import dev.standstill.checks.Page.Block;
import dev.standstill.children.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A project outside this repository, made of what a page tells newcomers to type. */
final class FreshProject {

  private final Path directory;
  private final LocalRepository repository;
  private Path javaHome = Path.of(System.getProperty("java.home"));

  private FreshProject(Path directory, LocalRepository repository) {
    this.directory = directory;
    this.repository = repository;
  }

  /** Makes the Maven project that docs/install.md shows, with its test. */
  static FreshProject ofInstallPage(Path directory, LocalRepository repository) throws IOException {
    FreshProject project = new FreshProject(Files.createDirectories(directory), repository);
    project.write("pom.xml", shown("xml", "<project "));
    project.write("src/test/java/FirstTest.java", shown("java", "class FirstTest"));
    return project;
  }

  /** Returns the only block of docs/install.md in a language that has this text. */
  private static String shown(String language, String text) {
    List<String> blocks =
        Page.blocksOf(Repository.root().resolve("docs/install.md")).stream()
            .filter(block -> block.language().equals(language))
            .map(Block::text)
            .filter(block -> block.contains(text))
            .toList();
    if (blocks.size() != 1) {
      throw new IllegalStateException(
          "docs/install.md shows %d blocks of %s with %s, and there is to be one."
              .formatted(blocks.size(), language, text));
    }
    return blocks.getFirst();
  }

  FreshProject write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  /** Changes the POM; that there is nothing to change is a mistake of the test. */
  FreshProject change(String old, String replacement) throws IOException {
    String pom = read("pom.xml");
    if (!pom.contains(old)) {
      throw new IllegalArgumentException("The POM does not say " + old + ": " + pom);
    }
    return write("pom.xml", pom.replace(old, replacement));
  }

  /** Adds a plugin before those that the POM has. */
  FreshProject addPluginFirst(String plugin) throws IOException {
    return change("<plugins>", "<plugins>\n" + plugin);
  }

  /** Adds a plugin behind those that the POM has. */
  FreshProject addPluginLast(String plugin) throws IOException {
    return change("</plugins>", plugin + "\n</plugins>");
  }

  /** Returns what a file below examples/builds says. */
  static String buildFile(String file) {
    return Repository.read(Repository.root().resolve("examples/builds").resolve(file));
  }

  /** Runs Maven on another JDK than the tests' own. */
  FreshProject onJdk(Path home) {
    javaHome = home;
    return this;
  }

  /**
   * Runs Maven, as a user does; it fetches only what the machine does not have yet. Returns what it
   * printed, to standard error too.
   */
  Child.Result mvn(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository.directory()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    return Child.run(builder);
  }
}
