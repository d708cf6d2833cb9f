package dev.standstill.cli;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.standstill.campaigns.ProgramDigest;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A program of source files, compiled in memory as {@code java FILE.java} does it: the file that is
 * named, and those beside it, and in the folders of its packages, that have classes which it needs.
 * Any thread may call.
 */
final class ProgramSource {

  private static final List<String> OPTIONS =
      List.of("-proc:none", "-nowarn", "-Xlint:none", "-implicit:class", "-Xprefer:source");

  private final Path file;
  private final ClassPath classPath;
  private final List<String> options;

  /** The folder of the unnamed package; null if the file lies elsewhere than its package says. */
  private final @Nullable Path root;

  private final List<String> types = new ArrayList<>();
  private final Map<String, byte[]> classes = new ConcurrentHashMap<>();

  private ProgramSource(Path file, ClassPath classPath, List<String> options, @Nullable Path root) {
    this.file = file;
    this.classPath = classPath;
    this.options = options;
    this.root = root;
  }

  /**
   * Compiles {@code file} and what it mentions.
   *
   * @param jvmArguments those of the JVM that is to run it
   * @throws UsageException if that cannot be done; the message is the compiler's
   */
  static ProgramSource compile(Path file, ClassPath classPath, List<String> jvmArguments)
      throws UsageException {
    refuseOthers(file);
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(CompilerOptions.of(jvmArguments));
    ProgramSource source = new ProgramSource(file, classPath, options, rootOf(file));
    source.compile(file, source.types::add);
    if (source.types.isEmpty()) {
      throw new UsageException("%s declares no class, so there is no main to run.".formatted(file));
    }
    return source;
  }

  /** The name of the first class of the file. */
  String mainClass() {
    return types.getFirst();
  }

  /** The name of the class of the file that is named like it; null if there is none. */
  @Nullable String classNamedLikeFile() {
    String name = file.getFileName().toString().replaceFirst("\\.java$", "");
    return types.stream()
        .filter(type -> type.substring(type.lastIndexOf('.') + 1).equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Returns the class file of a class that is compiled already; null if it is not. */
  byte @Nullable [] compiled(String className) {
    return classes.get(className);
  }

  /** Adds the classes that are compiled already: those that the file needs for sure. */
  void addTo(ProgramDigest digest) {
    classes.forEach(digest::add);
  }

  /**
   * Returns the class file of a class that only its name was known of until now; null if no source
   * file has it.
   *
   * @throws LinkageError if its source file does not compile
   */
  byte @Nullable [] compileLate(String className) {
    byte @Nullable [] known = classes.get(className);
    if (known != null || root == null) {
      return known;
    }
    String outermost = className.replaceFirst("(?<=[^.])\\$.*", "");
    Path late = root.resolve(outermost.replace('.', '/') + ".java");
    return Files.isRegularFile(late) ? compileLate(late, className) : null;
  }

  private synchronized byte @Nullable [] compileLate(Path late, String className) {
    if (late.toAbsolutePath().equals(file.toAbsolutePath()) || classes.containsKey(className)) {
      return classes.get(className);
    }
    try {
      compile(late, type -> {});
    } catch (UsageException e) {
      throw new NoClassDefFoundError(e.getMessage());
    }
    return classes.get(className);
  }

  /** Returns where a file lies that the program has beside its sources; null if there is none. */
  @Nullable URL resource(String name) {
    if (root == null) {
      return null;
    }
    Path resource = root.resolve(name).normalize();
    try {
      return resource.startsWith(root) && Files.isRegularFile(resource)
          ? resource.toUri().toURL()
          : null;
    } catch (MalformedURLException e) {
      return null;
    }
  }

  private void compile(Path source, Consumer<String> typesOfFile) throws UsageException {
    JavaCompiler compiler = compiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath.entries());
      files.setLocationFromPaths(
          StandardLocation.SOURCE_PATH, root == null ? List.of() : List.of(root));
      CompiledFiles output = new CompiledFiles(files);
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  messages, output, null, options, null, files.getJavaFileObjects(source));
      task.addTaskListener(whenAnalyzing(source, typesOfFile));
      if (!task.call()) {
        throw new UsageException(messages.toString().stripTrailing());
      }
      output.contents().forEach(classes::putIfAbsent);
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s.".formatted(source, e));
    } catch (IllegalArgumentException e) {
      throw new UsageException("%s cannot be compiled: %s.".formatted(source, e.getMessage()));
    }
  }

  /** The compiler analyzes the classes of a file in the order in which they stand there. */
  private static TaskListener whenAnalyzing(Path source, Consumer<String> names) {
    return new TaskListener() {
      @Override
      public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ANALYZE
            && Path.of(event.getSourceFile().toUri()).equals(source.toAbsolutePath())) {
          names.accept(event.getTypeElement().getQualifiedName().toString());
        }
      }
    };
  }

  /** The folder below which the file lies as its package says; null if it lies elsewhere. */
  private static @Nullable Path rootOf(Path file) throws UsageException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    String packageName = packageOf(file);
    if (packageName.isEmpty()) {
      return folder;
    }
    Path below = Path.of(packageName.replace('.', '/'));
    if (folder == null || !folder.endsWith(below)) {
      return null;
    }
    Path root = folder;
    for (int i = below.getNameCount(); i > 0 && root != null; i--) {
      root = root.getParent();
    }
    return root;
  }

  private static String packageOf(Path file) throws UsageException {
    JavaCompiler compiler = compiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  new StringWriter(),
                  files,
                  problem -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(file));
      for (CompilationUnitTree unit : task.parse()) {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
      }
      return "";
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s.".formatted(file, e));
    }
  }

  private static JavaCompiler compiler() throws UsageException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new UsageException("This Java has no compiler: run Standstill with a JDK.");
    }
    return compiler;
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
}
