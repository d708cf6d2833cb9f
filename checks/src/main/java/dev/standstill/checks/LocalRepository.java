package dev.standstill.checks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A local repository of Maven for projects outside of this one: it has what this build has made, as
 * {@code mvn install} would have put it there, and by links all that the machine's own has.
 */
final class LocalRepository implements AutoCloseable {

  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(standstill-[a-z0-9-]+)</artifactId>");

  private static final Pattern VERSION =
      Pattern.compile("<artifactId>standstill-parent</artifactId>\\s*<version>([^<]+)</version>");

  private final Path directory;
  private final List<Path> links = new ArrayList<>();

  private LocalRepository(Path directory) {
    this.directory = directory;
  }

  /** Makes one in a directory, which there need not be. */
  static LocalRepository in(Path directory) throws IOException {
    LocalRepository repository = new LocalRepository(Files.createDirectories(directory));
    Path machines = machines();
    repository.link(machines, directory, "dev");
    Path dev = Files.createDirectories(directory.resolve("dev"));
    repository.link(machines.resolve("dev"), dev, "standstill");
    repository.put("", "pom");
    repository.put("bom", "pom");
    for (String module : Repository.PUBLISHED) {
      repository.put(module, "pom");
      repository.putJar(module);
    }
    return repository;
  }

  /** The path for {@code -Dmaven.repo.local}. */
  Path directory() {
    return directory;
  }

  /** Returns the version of this build. */
  static String version() {
    return first(VERSION, Repository.read(Repository.root().resolve("pom.xml")));
  }

  /** Returns the name under which a module is published, such as {@code standstill-loop}. */
  static String artifact(String module) {
    String pom = Repository.read(Repository.root().resolve(module).resolve("pom.xml"));
    return first(ARTIFACT, pom.replaceFirst("(?s)<parent>.*?</parent>", ""));
  }

  /** Returns the repository of this machine; Surefire says which one the build uses. */
  static Path machines() {
    String usual = Path.of(System.getProperty("user.home"), ".m2/repository").toString();
    return Path.of(System.getProperty("localRepository", usual));
  }

  /** Removes the links: whoever deletes the directory may not know them. */
  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  private void link(Path from, Path to, String except) throws IOException {
    if (Files.isDirectory(from)) {
      try (Stream<Path> entries = Files.list(from)) {
        for (Path entry : entries.toList()) {
          if (!entry.getFileName().toString().equals(except)) {
            Path link = to.resolve(entry.getFileName());
            links.add(Files.createSymbolicLink(link, entry.toAbsolutePath()));
          }
        }
      }
    }
  }

  private void put(String module, String type) throws IOException {
    Files.copy(Repository.root().resolve(module).resolve("pom.xml"), place(module, type));
  }

  private void putJar(String module) throws IOException {
    Path classes = Repository.classesOf(module);
    Path place = place(module, "jar");
    if (module.equals("agent")) {
      Files.copy(classes.resolveSibling(place.getFileName()), place);
      return;
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream file = Files.newOutputStream(place);
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      for (Path each : Repository.filesBelow(classes)) {
        jar.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
        Files.copy(each, jar);
      }
    }
  }

  /** Makes the directory of a module's artifact, and returns the path of a file there. */
  private Path place(String module, String type) throws IOException {
    String artifact = artifact(module);
    Path folder = directory.resolve("dev/standstill").resolve(artifact).resolve(version());
    return Files.createDirectories(folder).resolve(artifact + "-" + version() + "." + type);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("There is no " + pattern + " in: " + text);
    }
    return matcher.group(1);
  }
}
