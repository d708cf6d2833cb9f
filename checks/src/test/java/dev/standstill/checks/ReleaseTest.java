package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn -Prelease verify} makes all that Maven Central asks for, and nothing else. It is run
 * in a copy of this repository whose version is a release, with a key made for it, and what it has
 * made is deployed to a directory; and once more in another copy, elsewhere, with the same bytes.
 */
@Tag("slow")
class ReleaseTest {

  private static final String VERSION = "0.0.0-check";

  private static final List<String> BILLS = List.of("-cyclonedx.json", "-cyclonedx.xml");

  private static final Pattern SNAPSHOT = Pattern.compile(".*[0-9]-SNAPSHOT.*");

  /** The package of a type, where a paragraph of a file in api begins. */
  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^[a-z@][a-z@ -]* (dev\\.standstill[a-z0-9.]*)\\.[A-Z]");

  /** Where the second build runs. Permissions are the same: those of classes are in the jars. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("TZ", "Pacific/Chatham", "MAVEN_OPTS", "-Duser.language=de -Duser.country=DE");

  @TempDir private static Path directory;

  private static Path keys;
  private static Path clone;
  private static Path published;
  private static Path elsewhere;

  @BeforeAll
  @Timeout(value = 2, unit = TimeUnit.HOURS) // on a machine that does other things besides
  static void release() throws Exception {
    // Sockets of gpg's agent lie in it, whose paths may be 107 characters long.
    keys = Files.createTempDirectory(Path.of("/tmp"), "keys");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    gpg("--quick-generate-key", "--passphrase", "", "check@example.com", "default", "sign");
    Clone first = Clone.in(directory.resolve("clone")).version(VERSION);
    Clone second = Clone.in(directory.resolve("with blanks")).version(VERSION);
    clone = first.directory();
    published = directory.resolve("published");
    elsewhere = directory.resolve("elsewhere");
    // At once, since a build leaves a processor idle much of the time.
    try (var builds = Executors.newFixedThreadPool(2)) {
      Future<?> here = builds.submit(() -> deploy(first, published, Map.of()));
      Future<?> there = builds.submit(() -> deploy(second, elsewhere, ELSEWHERE));
      here.get();
      there.get();
    }
  }

  /** Does what a release does, and puts what it has made into a directory. */
  private static @Nullable Void deploy(Clone from, Path to, Map<String, String> environment)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("GNUPGHOME", keys.toString());
    from.mvn(
        all,
        "-Prelease",
        "--projects",
        String.join(",", Repository.PUBLISHED) + ",bom,dist",
        "--also-make",
        "verify",
        "deploy:deploy",
        "-DaltDeploymentRepository=check::" + to.toUri());
    return null;
  }

  @AfterAll
  static void removeKeys() throws Exception {
    run("gpgconf", "--kill", "all"); // gpg's agent goes on otherwise
    run("rm", "--recursive", keys.toString());
  }

  @Test
  void publishesEachModuleWithItsSourcesItsJavadocAndABillOfMaterials() throws IOException {
    Stream<String> files = Stream.of(".pom", ".jar", "-sources.jar", "-javadoc.jar");
    List<String> wanted = Stream.concat(files, BILLS.stream()).toList();
    for (String module : Repository.PUBLISHED) {
      assertThat(filesOf(artifact(module))).as(module).containsAll(wanted);
    }
    assertThat(filesOf("standstill-dist")).contains(".pom", ".zip").containsAll(BILLS);
    assertThat(filesOf("standstill-bom")).contains(".pom");
    assertThat(filesOf("standstill-parent")).contains(".pom");
  }

  @Test
  void publishesNothingElse() throws IOException {
    Stream<String> jars = Repository.PUBLISHED.stream().map(LocalRepository::artifact);
    Stream<String> others = Stream.of("standstill-bom", "standstill-dist", "standstill-parent");

    assertThat(artifacts())
        .containsExactlyInAnyOrderElementsOf(Stream.concat(jars, others).toList());
  }

  @Test
  void signsEachFile() throws Exception {
    for (String artifact : artifacts()) {
      for (String file : filesOf(artifact)) {
        if (!file.endsWith(".asc")) {
          String signature = file(artifact, file + ".asc").toString();
          String signed = file(artifact, file).toString();
          assertThat(gpg("--verify", signature, signed).err()).contains("Good signature");
        }
      }
    }
  }

  @Test
  void saysInEachPomWhatCentralAsksFor() throws IOException {
    for (String artifact : List.of("standstill-parent", "standstill-bom")) {
      assertThat(Files.readString(file(artifact, ".pom")))
          .as(artifact)
          .contains("<url>", "<licenses>", "<developers>", "<scm", "<developerConnection>");
    }
    for (String artifact : artifacts()) {
      assertThat(Files.readString(file(artifact, ".pom")))
          .as(artifact)
          .contains("<name>", "<description>");
    }
  }

  @Test
  void leavesNoSnapshot() throws IOException {
    for (String artifact : artifacts()) {
      for (String file : filesOf(artifact)) {
        if (file.endsWith(".pom") || BILLS.contains(file)) {
          assertThat(snapshotsIn(file(artifact, file))).as(artifact + file).isEmpty();
        }
      }
    }
    for (Path page : Repository.pages()) {
      Path there = clone.resolve(Repository.root().relativize(page));
      assertThat(snapshotsIn(there)).as(there.toString()).isEmpty();
    }
    for (Path file : Repository.filesBelow(clone.resolve("examples/builds"))) {
      assertThat(snapshotsIn(file)).as(file.toString()).isEmpty();
    }
  }

  private static List<String> snapshotsIn(Path file) throws IOException {
    return Files.readString(file).lines().filter(SNAPSHOT.asMatchPredicate()).toList();
  }

  @Test
  void givesEachJarTheNameOfItsModule() throws IOException {
    for (String module : Repository.PUBLISHED) {
      Path jar = file(artifact(module), ".jar");
      String name = ModuleFinder.of(jar).findAll().iterator().next().descriptor().name();
      assertThat(name).as(module).startsWith("dev.standstill");
      try (JarFile file = new JarFile(jar.toFile())) {
        Object written = file.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        assertThat(written != null ^ file.getEntry("module-info.class") != null)
            .as("%s says that it is %s, in one place", module, name)
            .isTrue();
      }
    }
  }

  @Test
  void showsTheApiInTheJavadocAndNoMore() throws IOException {
    for (String module : Repository.LIBRARIES) {
      String api = Repository.read(Repository.root().resolve("api/" + module + ".txt"));
      List<String> packages =
          PACKAGE.matcher(api).results().map(found -> found.group(1)).distinct().toList();
      assertThat(packagesInJavadocOf(module)).as(module).hasSameElementsAs(packages);
    }
  }

  private static List<String> packagesInJavadocOf(String module) throws IOException {
    try (ZipFile jar = new ZipFile(file(artifact(module), "-javadoc.jar").toFile())) {
      byte[] list = jar.getInputStream(jar.getEntry("element-list")).readAllBytes();
      return new String(list).lines().filter(line -> line.startsWith("dev.")).toList();
    }
  }

  @Test
  void makesTheSameBytesElsewhere() throws Exception {
    Map<String, String> first = hashesBelow(published);
    Map<String, String> second = hashesBelow(elsewhere);
    assertThat(second)
        .hasSizeGreaterThan(Repository.PUBLISHED.size() * 6)
        .containsOnlyKeys(first.keySet());
    assertThat(first.keySet().stream().filter(name -> !first.get(name).equals(second.get(name))))
        .as("files that differ")
        .isEmpty();
  }

  /**
   * The hashes of all files that are published, by their paths; signatures have the time in them.
   */
  private static Map<String, String> hashesBelow(Path place) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : Repository.filesBelow(place)) {
      String name = place.relativize(file).toString();
      if (!name.contains("maven-metadata") && !name.matches(".*\\.(asc|md5|sha1)")) {
        hashes.put(name, hash(file));
      }
    }
    return hashes;
  }

  private static String hash(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private static String artifact(String module) {
    return LocalRepository.artifact(module);
  }

  private static List<String> artifacts() throws IOException {
    try (Stream<Path> artifacts = Files.list(published.resolve("dev/standstill"))) {
      return artifacts.map(artifact -> artifact.getFileName().toString()).sorted().toList();
    }
  }

  /** What the names of an artifact's files say beside its own and the version, without hashes. */
  private static List<String> filesOf(String artifact) throws IOException {
    String start = artifact + "-" + VERSION;
    try (Stream<Path> files = Files.list(file(artifact, ".pom").getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.matches(".*\\.(md5|sha1)"))
          .map(name -> name.substring(start.length()))
          .sorted()
          .toList();
    }
  }

  private static Path file(String artifact, String ending) {
    String name = artifact + "-" + VERSION + ending;
    return published.resolve("dev/standstill").resolve(artifact).resolve(VERSION).resolve(name);
  }

  private static Child.Result gpg(String... arguments) throws IOException, InterruptedException {
    Stream<String> command = Stream.of("gpg", "--batch", "--pinentry-mode", "loopback");
    return run(Stream.concat(command, Stream.of(arguments)).toArray(String[]::new));
  }

  private static Child.Result run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("GNUPGHOME", keys.toString());
    Child.Result result = Child.run(builder);
    assertThat(result.status()).as("%s", result).isZero();
    return result;
  }
}
