package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh project that {@code standstill init} was run in builds, and its first test passes. */
@Tag("slow")
class InitTest {

  /** As Maven's guide says that a project begins. */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.acme</groupId>
        <artifactId>shop</artifactId>
        <version>1</version>
      </project>
      """;

  @TempDir Path directory;

  @Test
  void aFreshMavenProjectHasATestThatPasses() throws Exception {
    try (LocalRepository repository = LocalRepository.in(directory.resolve("repository"))) {
      Path shop = directory.resolve("shop");
      FreshProject project = FreshProject.of(POM, shop, repository);

      assertThat(init(shop).out()).contains("FirstLoopTest.java: written.");
      assertThat(project.mvn("test").out())
          .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0", "BUILD SUCCESS");
    }
  }

  private static Child.Result init(Path shop) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Jvm.tool("java"),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.standstill.cli.Main",
            "init");
    return Child.run(builder.directory(shop.toFile()).redirectErrorStream(true));
  }
}
