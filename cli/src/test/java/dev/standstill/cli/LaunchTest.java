package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script takes what {@code java} takes, and the JVM that runs the program is that of {@code
 * java}.
 */
class LaunchTest {

  /** Says in what JVM it runs, and takes an hour. */
  private static final String SHOP =
      """
      package com.acme;

      public class Shop {
        public static void main(String[] args) throws Exception {
          long start = System.nanoTime();
          Thread.sleep(3_600_000);
          long hours = (System.nanoTime() - start) / 3_600_000_000_000L;
          IO.println(hours + " h, args " + String.join("|", args) + ", town " + System.getProperty("town"));
          IO.println(System.getProperty("java.class.path") + ", " + Shop.class.getModule() + ", "
              + System.getProperty("sun.java.command"));
        }
      }
      """;

  private static final String LOST_UPDATE =
      """
      package com.acme;

      public class Counter {
        static volatile int count;

        public static void main(String[] args) throws Exception {
          if (count != 0) throw new IllegalStateException("statics do not start afresh");
          Thread other = Thread.startVirtualThread(() -> count++);
          count++;
          other.join();
          if (count != 2) throw new IllegalStateException("lost an update of " + System.getProperty("town"));
        }
      }
      """;

  private static final Pattern REPETITION =
      Pattern.compile("To repeat it: ./standstill (replay 2-\\S+ .*)");

  @TempDir static Path parent;

  private static Path classes;
  private static Path jar;

  @TempDir Path directory;

  @BeforeAll
  static void compile() throws IOException {
    classes = Files.createDirectory(parent.resolve("classes"));
    compile(classes, SourceFile.write(parent, "Shop.java", SHOP));
    compile(classes, SourceFile.write(parent, "Counter.java", LOST_UPDATE));
    jar = jar(parent.resolve("shop.jar"), "com.acme.Shop", classes);
  }

  private static void compile(Path to, Path... sources) {
    List<String> arguments = new ArrayList<>(List.of("-d", to.toString()));
    Stream.of(sources).forEach(source -> arguments.add(source.toString()));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }

  private static Path jar(Path file, String mainClass, Path classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!mainClass.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    }
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, jar);
      }
    }
    return file;
  }

  @Test
  void aJarIsRunAsByJava() throws Exception {
    assertShop(
        Launched.run(directory, "run", "-Dtown=Bonn", "-jar", jar, "--", "-a", "b c"),
        "1 h, args -a|b c, town Bonn\n%s, unnamed module ".formatted(jar),
        ", %s -a b c\n".formatted(jar));
  }

  @Test
  void javaTakesEveryOptionAndTheRestIsThePrograms() throws Exception {
    assertShop(
        Launched.run(
            directory,
            "java",
            "-Dtown=Bonn",
            "-cp",
            classes,
            "com.acme.Shop",
            "--seed",
            "@x",
            "--"),
        "1 h, args --seed|@x|--, town Bonn\n%s, unnamed module ".formatted(classes),
        ", com.acme.Shop --seed @x --\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "java"})
  void aFileOfArgumentsIsJavas(String command) throws Exception {
    Path arguments =
        Files.writeString(
            directory.resolve("arguments"),
            "-Dtown=Ulm -cp\n\"%s\" com.acme.Shop x".formatted(classes));

    assertShop(
        Launched.run(directory, command, "@" + arguments),
        "1 h, args x, town Ulm\n%s, unnamed module ".formatted(classes),
        ", com.acme.Shop x\n");
  }

  @Test
  void optionsOfJavaStandBeforeAndBehindTheProgram() throws Exception {
    Outcome outcome =
        Launched.run(
            directory,
            "run",
            "--seed",
            "3",
            "com.acme.Shop",
            "-Dtown=Ulm",
            "-cp=" + classes,
            "a",
            "--",
            "-b");

    assertThat(outcome.out()).startsWith("1 h, args a|-b, town Ulm\n");
    assertThat(outcome.err()).contains("Schedule: seed 3;");
  }

  @Test
  void theEnvironmentSaysTheClassPathIfNoOptionDoes() throws Exception {
    ProcessBuilder builder = Launched.in(directory, "run", "com.acme.Shop");
    builder.environment().put("CLASSPATH", classes.toString());

    assertShop(Launched.run(builder), "1 h, args , town null\n" + classes, "com.acme.Shop\n");
  }

  @Test
  void aModuleIsRun() throws Exception {
    String module = "com.acme.town/com.acme.Shop";

    assertShop(
        Launched.run(directory, "run", "-p", modules(), "-m", module),
        "1 h, args , town null\n, module com.acme.town",
        ", " + module + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "run, 'module com.acme.town does not have a ModuleMainClass attribute, use -m <module>/<main-class>', 2",
    "java, The module com.acme.town names no main class: say which with -m com.acme.town/CLASS., 2",
  })
  void aModuleWithoutAMainClassIsTold(String command, String said, int exitCode) throws Exception {
    Outcome outcome = Launched.run(directory, command, "-p", modules(), "-m", "com.acme.town");

    assertThat(outcome.err()).isEqualTo(said + "\n");
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  /** Its package is neither exported nor open. */
  private Path modules() throws IOException {
    Path modules = directory.resolve("modules");
    compile(
        modules.resolve("com.acme.town"),
        SourceFile.write(directory, "module-info.java", "module com.acme.town {}"),
        SourceFile.write(directory, "Shop.java", SHOP),
        SourceFile.write(directory, "Counter.java", LOST_UPDATE));
    return modules;
  }

  @Test
  void previewFeaturesOfSourcesAreEnabled() throws Exception {
    Path program =
        SourceFile.write(
            directory,
            "Program.java",
            "void main() { IO.println(switch (42L) { case int i -> \"int \" + i; case long l -> \"long\"; }); }");

    Outcome outcome = Launched.run(directory, "run", "--enable-preview", program);

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("int 42\n");
  }

  @Test
  void sourcesSeeTheModulesThatTheirJvmHas() throws Exception {
    Path program =
        SourceFile.write(
            directory,
            "Program.java",
            "void main() { IO.println(jdk.internal.misc.VM.isBooted()); }");

    Outcome outcome =
        Launched.run(
            directory, "run", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", program);

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("true\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jar", "module"})
  void exploringAndReplayingTakeThem(String kind) throws Exception {
    List<Object> options =
        kind.equals("jar")
            ? List.of("-jar", jar(directory.resolve("c.jar"), "com.acme.Counter", classes))
            : List.of("-p", modules(), "-m", "com.acme.town/com.acme.Counter");
    List<Object> command =
        new ArrayList<>(List.of("explore", "--failures=none", "-Dtown=St. Ives"));
    command.addAll(options);

    Outcome found = Launched.run(directory, command.toArray());

    assertThat(found.out()).as(found.err()).contains("lost an update of St. Ives");
    assertThat(found.out()).doesNotContain("Could not be changed");
    Matcher repetition = REPETITION.matcher(found.out());
    assertThat(repetition.find()).isTrue();
    assertThat(repetition.group(1)).contains(" '-Dtown=St. Ives' ");
    List<Object> again =
        new ArrayList<>(List.of(repetition.group(1).replace("'-Dtown=St. Ives' ", "").split(" ")));
    again.addAll(2, List.of("-Dtown=St. Ives"));
    Outcome replayed = Launched.run(directory, again.toArray());
    assertThat(replayed.out()).startsWith("1 schedule: it fails.").contains("lost an update");
  }

  @ParameterizedTest
  @CsvSource({
    "run --sed 3 X.java, Unknown option: '--sed'",
    "explore --parallel, Missing required parameter for option '--parallel' (N)",
    "run -p, '-p needs a value, as for java.'",
    "run, 'Nothing to run: name a file FILE.java, a class, -jar and a jar, or -m and a module.'",
    "run -Da=b, 'Nothing to run: name a file FILE.java, a class, -jar and a jar, or -m and a module.'",
    "replay X.java, Invalid value for positional parameter at index 0 (TOKEN)",
    "run Gone.java, There is no file Gone.java (looked for ",
    "run com.acme.Gone, 'There is no class com.acme.Gone on the class path: say where it is with -cp.'",
    "run notes.txt, notes.txt is no Java source file: name a file that ends with .java",
    "run -jar gone.jar, There is no jar gone.jar that can be read.",
    "run -jar notes.txt, 'notes.txt is no jar, or it is damaged.'",
    "run -jar plain.jar, The manifest of plain.jar names no Main-Class: say which class with -cp plain.jar CLASS.",
    "run -jar wrong.jar, There is no class com.acme.Gone on the class path: say where it is with -cp.",
    "run -m gone/a.B, Error occurred during initialization of boot layer",
    "run -XX:+Gone X.java, Unrecognized VM option 'Gone'",
  })
  void whatIsWrongIsToldInASentence(String command, String said) throws Exception {
    Files.writeString(directory.resolve("notes.txt"), "Buy milk.");
    Files.writeString(directory.resolve("X.java"), "void main() {}");
    jar(directory.resolve("plain.jar"), "", classes);
    jar(directory.resolve("wrong.jar"), "com.acme.Gone", classes);

    Outcome outcome = Launched.run(directory, (Object[]) command.split(" "));

    assertThat(outcome.err()).startsWith(said).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private static void assertShop(Outcome outcome, String start, String end) {
    assertThat(outcome.out()).as(outcome.err()).startsWith(start).endsWith(end);
    assertThat(outcome.err()).contains("virtual 1 h, real ");
    assertThat(outcome.exitCode()).isZero();
  }
}
