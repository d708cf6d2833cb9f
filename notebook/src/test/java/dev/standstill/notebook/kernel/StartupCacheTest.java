package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installed kernel begins with what its rehearsal has loaded. */
class StartupCacheTest {

  @TempDir Path directory;

  @Test
  void anInstalledKernelTakesItsClassesFromTheCache() throws Exception {
    List<String> start = install();
    assertThat(start).anyMatch(argument -> argument.startsWith("-XX:AOTCache="));

    start.add(1, "-Xlog:class+load");
    start.set(start.size() - 2, Rehearsal.class.getName());
    Child.Result result = Child.run(new ProcessBuilder(start));

    assertThat(result.status()).as(result.out()).isZero();
    assertThat(result.out())
        .containsPattern("jdk.jshell.JShell source: shared objects file")
        .containsPattern("dev.standstill.notebook.kernel.JavaKernel source: shared objects file")
        .doesNotContain("[error]", "[warning]");
  }

  @Test
  void virtualTimeIsWhatItIsWithoutTheCache() throws Exception {
    List<String> start = install();
    start.set(start.size() - 2, CachedKernel.class.getName());
    Child.Result result = Child.run(new ProcessBuilder(start));

    assertThat(result.out()).contains("✓ A.waits", "virtual 3 h", "1 passed, in ");
  }

  /** Installs the kernel from jars, with the tests in one, and returns how it is started. */
  private List<String> install() throws Exception {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(path.resolve("dev"))) {
        jars.add(jarOf(path, "classes-" + jars.size()));
      } else if (Files.isRegularFile(path)) {
        jars.add(path);
      }
    }
    jars.add(agent());
    Path installed = new KernelSpecification(directory).install(jars);
    return JsonParser.parseString(Files.readString(installed.resolve("kernel.json")))
        .getAsJsonObject()
        .getAsJsonArray("argv")
        .asList()
        .stream()
        .map(argument -> argument.getAsString())
        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }

  /** Under the name that the kernel has it by. */
  private Path agent() throws Exception {
    Path given = Path.of(Jvm.agent().replaceFirst("-javaagent:", ""));
    return Files.copy(
        given, Files.createDirectories(directory.resolve("agent")).resolve("standstill-agent.jar"));
  }

  private Path jarOf(Path classes, String name) {
    Path jar = directory.resolve(name + ".jar");
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    int status =
        tool.run(
            System.out,
            System.err,
            Stream.of("--create", "--file", jar, "-C", classes, ".")
                .map(Object::toString)
                .toArray(String[]::new));
    assertThat(status).isZero();
    return jar;
  }
}
