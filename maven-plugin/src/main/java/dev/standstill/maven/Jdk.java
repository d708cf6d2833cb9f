package dev.standstill.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** The JDK that programs run on: JDK 25, wherever it is, whichever JDK runs Maven. */
final class Jdk {

  private static final String KIND = "jdk";
  private static final String NEEDED = "25";

  /** Where operating systems and tools put JDKs; each has one in each directory. */
  private static final List<String> USUAL_PLACES =
      List.of(
          "/usr/lib/jvm",
          "/usr/lib64/jvm",
          "/opt/java",
          "/Library/Java/JavaVirtualMachines",
          System.getProperty("user.home") + "/Library/Java/JavaVirtualMachines",
          System.getProperty("user.home") + "/.sdkman/candidates/java",
          System.getProperty("user.home") + "/.jdks");

  private final ToolchainManager toolchains;
  private final MavenSession session;

  Jdk(ToolchainManager toolchains, MavenSession session) {
    this.toolchains = toolchains;
    this.session = session;
  }

  /**
   * Returns the path of its command {@code java}. The toolchain of the build comes first, then
   * Maven's own JDK, those that the user has named in toolchains.xml, and the usual places.
   */
  Path java() throws MojoExecutionException {
    return Stream.<Stream<Path>>of(
            tool(toolchains.getToolchainFromBuildContext(KIND, session)),
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")),
            toolchains.getToolchains(session, KIND, Map.of()).stream().flatMap(Jdk::tool),
            USUAL_PLACES.stream().map(Path::of).flatMap(Jdk::javasBelow))
        .flatMap(javas -> javas)
        .filter(Jdk::isNeeded)
        .findFirst()
        .orElseThrow(() ->
            new MojoExecutionException(
                "Standstill needs JDK 25, and none was found: run Maven on one (JAVA_HOME), or name one in ~/.m2/toolchains.xml."));
  }

  private static Stream<Path> tool(@Nullable Toolchain toolchain) {
    return Optional.ofNullable(toolchain).map(jdk -> jdk.findTool("java")).map(Path::of).stream();
  }

  private static Stream<Path> javasBelow(Path place) {
    if (!Files.isDirectory(place)) {
      return Stream.of();
    }
    try (Stream<Path> homes = Files.list(place)) {
      return homes
          .sorted()
          .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
          .map(home -> home.resolve("bin/java"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  /** A JDK writes its version into the file "release": reading it starts no JVM. */
  static boolean isNeeded(Path java) {
    try {
      Path release = java.toRealPath().resolveSibling("../release");
      return Files.isExecutable(java)
          && Files.readString(release)
              .lines()
              .anyMatch(line -> line.matches("JAVA_VERSION=\"" + NEEDED + "[.\"+-].*"));
    } catch (IOException e) {
      return false;
    }
  }
}
