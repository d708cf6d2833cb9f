package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that tells Jupyter of the kernel. */
class InstallTest {

  @TempDir Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Install.run(List.of(arguments), new PrintStream(out), new PrintStream(err));
  }

  @Test
  void theKernelStartsWithTheAgentAndWhatIsCopied() throws Exception {
    assertThat(run("install", data.toString())).isZero();

    Path directory = data.resolve("kernels/standstill");
    String json = Files.readString(directory.resolve("kernel.json"));
    var specification = JsonParser.parseString(json).getAsJsonObject();
    List<String> argv =
        specification.getAsJsonArray("argv").asList().stream().map(e -> e.getAsString()).toList();
    assertThat(Path.of(argv.getFirst())).isExecutable();
    assertThat(argv).contains("-javaagent:" + directory.resolve("lib/standstill-agent.jar"));
    assertThat(argv).endsWith(Main.class.getName(), "{connection_file}");
    assertThat(specification.get("interrupt_mode").getAsString()).isEqualTo("message");
    assertThat(directory.resolve("lib")).isDirectoryContaining("glob:**jjava-jupyter*.jar");
    assertThat(out.toString()).contains(directory.toString());
  }

  @Test
  void installingAgainLeavesNoOldJar() throws Exception {
    run("install", data.toString());
    Path old = Files.createFile(data.resolve("kernels/standstill/lib/old.jar"));

    assertThat(run("install", data.toString())).isZero();

    assertThat(old).doesNotExist();
  }

  @Test
  void anythingElseIsRefusedWithASentence() {
    refused("What shall be done? There is one command: install.");
    refused("There is no command 'remove': there is one command, install.", "remove");
    refused("Unknown option: '--fast'", "install", "--fast");
    refused("One directory can be named after install, and 'b' is one more.", "install", "a", "b");
    assertThat(data).isEmptyDirectory();
  }

  private void refused(String sentence, String... arguments) {
    err.reset();
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).isEqualTo(sentence + "\nTry standstill notebook --help.\n");
  }

  @Test
  void helpIsNoError() {
    assertThat(run("--help")).isZero();
    assertThat(run("install", "--help")).isZero();
    assertThat(out.toString()).contains("Usage: standstill notebook install [DIRECTORY]");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(data.resolve("file"));

    assertThat(run("install", file.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("The kernel could not be installed in " + file);
  }
}
