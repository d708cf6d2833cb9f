package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.loader.launch.JarLauncher;

/** A jar of Spring Boot, with jars in it that Spring Boot's own loader reads. */
class FatJarTest {

  private static final String LIBRARY =
      """
      package lib;
      public class Greeting {
        public static String text() { return "hello"; }
      }
      """;

  private static final String PROGRAM =
      """
      package app;
      public class App {
        static volatile int count;
        public static void main(String[] args) throws Exception {
          Thread.sleep(3_600_000);
          IO.println(lib.Greeting.text() + " " + String.join(" ", args) + " "
              + App.class.getClassLoader().getClass().getSimpleName() + " "
              + new String(App.class.getResourceAsStream("/town.txt").readAllBytes()));
          Thread other = Thread.ofPlatform().start(() -> count++);
          count++;
          other.join();
          if (count != 2) throw new IllegalStateException("lost an update");
        }
      }
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"run", "java"})
  void itsProgramIsRunInVirtualTime(String command) throws Exception {
    Outcome outcome = Launched.run(directory, command, "-jar", fatJar(), "world");

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("hello world LaunchedClassLoader Bonn\n");
    assertThat(outcome.err()).contains("virtual 1 h, real ");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void itsSchedulesAreExplored() throws Exception {
    Outcome outcome =
        Launched.run(directory, "explore", "--failures=none", "-jar", fatJar(), "world");

    assertThat(outcome.out()).as(outcome.err()).contains("lost an update");
  }

  private Path fatJar() throws IOException, URISyntaxException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Path library = Files.createDirectories(directory.resolve("library"));
    compile(library, "", SourceFile.write(directory, "Greeting.java", LIBRARY));
    compile(classes, library.toString(), SourceFile.write(directory, "App.java", PROGRAM));
    Files.writeString(classes.resolve("town.txt"), "Bonn");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
    attributes.putValue("Start-Class", "app.App");
    attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    Path file = directory.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      Set<String> written = new TreeSet<>();
      addLoader(jar, written);
      addFiles(jar, classes, "BOOT-INF/classes/", written);
      addStored(jar, "BOOT-INF/lib/library.jar", jarOf(library), written);
    }
    return file;
  }

  private static void compile(Path to, String classPath, Path source) {
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", "" + to, "-cp", classPath, "" + source))
        .isZero();
  }

  private static void addLoader(JarOutputStream to, Set<String> written)
      throws IOException, URISyntaxException {
    Path loader =
        Path.of(JarLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile jar = new JarFile(loader.toFile())) {
      for (JarEntry entry :
          jar.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
        addFolders(to, entry.getName(), written);
        to.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(to);
        }
      }
    }
  }

  private static void addFiles(JarOutputStream to, Path folder, String prefix, Set<String> written)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        String name = prefix + folder.relativize(each);
        addFolders(to, name, written);
        to.putNextEntry(new JarEntry(name));
        Files.copy(each, to);
      }
    }
  }

  /** The loader reads nested jars where they lie, so they must not be compressed. */
  private static void addStored(JarOutputStream to, String name, byte[] bytes, Set<String> written)
      throws IOException {
    addFolders(to, name, written);
    JarEntry entry = new JarEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(JarEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    to.putNextEntry(entry);
    to.write(bytes);
  }

  private static void addFolders(JarOutputStream to, String name, Set<String> written)
      throws IOException {
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      String folder = name.substring(0, end + 1);
      if (written.add(folder)) {
        to.putNextEntry(new JarEntry(folder));
        to.closeEntry();
      }
    }
  }

  private static byte[] jarOf(Path classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      addFiles(jar, classes, "", new TreeSet<>());
    }
    return bytes.toByteArray();
  }
}
