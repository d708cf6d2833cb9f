package dev.standstill.cli;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles a program of one source file in memory. */
final class ProgramSource {

  private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-Xlint:none");

  private ProgramSource() {}

  /**
   * What the compiler made.
   *
   * @param mainClass the name of the first class of the file, as for {@code java FILE.java}
   * @param classes the class files by the names of the classes
   */
  record Compiled(String mainClass, Map<String, byte[]> classes) {}

  /**
   * Compiles {@code file}.
   *
   * @throws UsageException if that cannot be done; the message is the compiler's
   */
  static Compiled compile(Path file, ClassPath classPath) throws UsageException {
    refuseOthers(file);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new UsageException("This Java has no compiler: run Standstill with a JDK.");
    }
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath.entries());
      files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
      ClassFiles output = new ClassFiles(files);
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  messages, output, null, OPTIONS, null, files.getJavaFileObjects(file));
      return compile(task, output, file, messages);
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s.".formatted(file, e));
    }
  }

  private static Compiled compile(
      JavacTask task, ClassFiles output, Path file, StringWriter messages) throws UsageException {
    List<String> types = new ArrayList<>();
    task.addTaskListener(whenAnalyzing(types::add));
    if (!task.call()) {
      throw new UsageException(messages.toString().stripTrailing());
    }
    if (types.isEmpty()) {
      throw new UsageException("%s declares no class, so there is no main to run.".formatted(file));
    }
    return new Compiled(types.getFirst(), output.contents());
  }

  /** The compiler analyzes the classes of a file in the order in which they stand there. */
  private static TaskListener whenAnalyzing(Consumer<String> names) {
    return new TaskListener() {
      @Override
      public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ANALYZE) {
          names.accept(event.getTypeElement().getQualifiedName().toString());
        }
      }
    };
  }

  private static void refuseOthers(Path file) throws UsageException {
    if (!Files.exists(file)) {
      throw new UsageException(
          "There is no file %s (looked for %s).".formatted(file, file.toAbsolutePath()));
    }
    if (!Files.isRegularFile(file) || !file.toString().endsWith(".java")) {
      throw new UsageException(
          "%s is no Java source file: name a file that ends with .java, or a class and its -cp."
              .formatted(file));
    }
  }

  /** Keeps in memory what the compiler writes. */
  private static final class ClassFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {

    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    ClassFiles(StandardJavaFileManager files) {
      super(files);
    }

    Map<String, byte[]> contents() {
      Map<String, byte[]> contents = new HashMap<>();
      written.forEach((name, bytes) -> contents.put(name, bytes.toByteArray()));
      return contents;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location,
        String className,
        JavaFileObject.Kind kind,
        @Nullable FileObject sibling) {
      URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
