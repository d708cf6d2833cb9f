package dev.standstill.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The kernel behind Jupyter's own server, which drops what kernels say too fast. */
@EnabledIf("isServerThere")
class NotebookServerTest {

  @TempDir private static Path directory;

  private static NotebookServer server;
  private static RemoteKernel kernel;

  static boolean isServerThere() {
    return NotebookServer.isThere();
  }

  @BeforeAll
  static void startServer() throws Exception {
    server = NotebookServer.start(directory);
    kernel = server.startKernel();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void twentyThousandLinesArriveAndTheCellEnds() throws Exception {
    RemoteKernel.Answer answer =
        kernel.run("for (int i = 0; i < 20_000; i++) System.out.println(\"line \" + i);\n\"end\"");

    assertThat(answer.printed().lines()).hasSize(20_000).endsWith("line 19999");
    assertThat(answer.ofType("execute_result")).hasSize(1);
  }

  @Test
  void aCellThatPrintsMegabytesIsCutAndTheNextOneRuns() throws Exception {
    RemoteKernel.Answer answer =
        kernel.run("for (int i = 0; i < 10_000; i++) System.out.println(\"x\".repeat(999));");

    assertThat(answer.printed())
        .hasSizeLessThan(CellOutput.LIMIT + 200)
        .endsWith("Write more to a file.]\n");
    assertThat(kernel.run("System.out.print(6 * 7)").printed()).isEqualTo("42");
  }

  @Test
  void whatWasPrintedComesBeforeTheValueAndBeforeTheError() throws Exception {
    assertThat(kernel.run("System.out.println(1);\n2").shown())
        .containsExactly("stream", "execute_result");
    assertThat(kernel.run("System.out.println(1);\nthrow new Exception();").shown())
        .containsExactly("stream", "error");
  }

  @Test
  void anArrayIsShownAsJshellShowsIt() throws Exception {
    assertThat(textOf(kernel.run("new int[] {1, 2, 3}"))).isEqualTo("int[3] { 1, 2, 3 }");
    assertThat(textOf(kernel.run("new String[] {\"a\", null}")))
        .isEqualTo("String[2] { \"a\", null }");
  }

  private static String textOf(RemoteKernel.Answer answer) {
    return data(answer.ofType("execute_result").getFirst(), "text/plain");
  }

  @Test
  void whatJunitRefusesIsInTheResultAndInNoLog() throws Exception {
    RemoteKernel.Answer answer = kernel.run("@Test int refused() { return 1; }\nNotebook.run()");

    assertThat(answer.shown()).containsExactly("execute_result");
    assertThat(textOf(answer)).contains("✗ Cells.refused", "must not return a value.");
    kernel.run("Notebook.forget(\"*\");");
  }

  private static String data(JsonObject content, String type) {
    return content.getAsJsonObject("data").get(type).getAsString();
  }

  @Test
  void aCellShowsMoreThanItsValue() throws Exception {
    RemoteKernel.Answer answer =
        kernel.run(
            """
            System.out.println("first");
            display("<b>bold</b>", "text/html");
            display(new java.awt.image.BufferedImage(2, 2, java.awt.image.BufferedImage.TYPE_INT_RGB));
            System.out.println("last");
            display("shown")
            """);

    assertThat(answer.shown())
        .containsExactly("stream", "display_data", "display_data", "stream", "display_data");
    assertThat(data(answer.ofType("display_data").get(0), "text/html")).isEqualTo("<b>bold</b>");
    assertThat(data(answer.ofType("display_data").get(1), "image/png")).startsWith("iVBOR");
  }

  @Test
  void aNameIsInspectedWhereverTheCursorIsInIt() throws Exception {
    kernel.run(
        "Map<String, Integer> ages = new HashMap<>();\nint half(int whole) { return whole / 2; }");

    assertThat(inspected("ages.size()", 2)).isEqualTo("Map<String, Integer> ages");
    assertThat(inspected("half(4)", 1)).isEqualTo("int half(int)");
    assertThat(inspected("List.of(1)", 2)).contains("java.util.List<E>");
    assertThat(inspected("ages.size()", 6)).contains("int Map<K, V>.size()");
    assertThat(inspected("nothing", 2)).isEmpty();
  }

  private static String inspected(String code, int at) throws Exception {
    JsonObject reply =
        kernel
            .ask("inspect_request", Map.of("code", code, "cursor_pos", at, "detail_level", 0))
            .ofType("inspect_reply")
            .getFirst();
    return reply.get("found").getAsBoolean() ? data(reply, "text/plain") : "";
  }

  @Test
  void commandsAndTheirFilesAreCompleted() throws Exception {
    Path jar = Files.createFile(directory.resolve("some-library.jar"));
    Files.createFile(directory.resolve("some-text.txt"));

    assertThat(completed("int i;\n%cl")).contains("%classpath ");
    String begun = "%classpath " + directory.resolve("some");
    assertThat(completed(begun)).containsExactly(jar.toString());
    assertThat(completed("Notebook.fai")).contains("failCells(");
  }

  private static List<String> completed(String code) throws Exception {
    JsonObject reply =
        kernel
            .ask("complete_request", Map.of("code", code, "cursor_pos", code.length()))
            .ofType("complete_reply")
            .getFirst();
    return reply.getAsJsonArray("matches").asList().stream().map(JsonElement::getAsString).toList();
  }

  @Test
  void consolesGetTheCellsThatHaveRun() throws Exception {
    kernel.run("int apple = 1;");
    kernel.run("int pear = 2;");

    assertThat(history(Map.of("hist_access_type", "tail", "n", 2)))
        .containsExactly("int apple = 1;", "int pear = 2;");
    assertThat(history(Map.of("hist_access_type", "search", "pattern", "*app?e*", "n", 10)))
        .containsExactly("int apple = 1;");
  }

  private static List<String> history(Map<String, Object> access) throws Exception {
    Map<String, Object> request = new LinkedHashMap<>(Map.of("output", false, "raw", true));
    request.putAll(access);
    return kernel
        .ask("history_request", request)
        .ofType("history_reply")
        .getFirst()
        .getAsJsonArray("history")
        .asList()
        .stream()
        .map(entry -> entry.getAsJsonArray().get(2).getAsString())
        .toList();
  }
}
