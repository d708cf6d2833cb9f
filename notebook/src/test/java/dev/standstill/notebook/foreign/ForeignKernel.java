package dev.standstill.notebook.foreign;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * The heart of a kernel as others have made theirs: JShell runs cells in the kernel's own process,
 * on a thread called {@code cells}; the classes of cells and what cells need are in one class
 * loader, below that of the kernel, and its class files cannot be read. It runs in a JVM of its own
 * and knows nothing of Standstill.
 */
public final class ForeignKernel extends DirectExecutionControl {

  /** What it prints after what a cell has shown. */
  static final String END_OF_CELL = "-- end of cell --";

  private final ExecutorService threads =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cells").factory());

  private @Nullable Object result;

  private ForeignKernel() {
    super(new Classes());
  }

  /**
   * Runs cells, and prints what they show.
   *
   * @param arguments the class path for cells, and then the cells
   */
  public static void main(String[] arguments) {
    ForeignKernel kernel = new ForeignKernel();
    JShell shell = JShell.builder().executionEngine(new Provider(kernel), Map.of()).build();
    shell.addToClasspath(arguments[0]);
    for (String cell : List.of(arguments).subList(1, arguments.length)) {
      System.out.println(kernel.show(shell, cell));
      System.out.println(END_OF_CELL);
    }
    System.exit(0);
  }

  /** What the last snippet of a cell returns or throws, and what any of them lacks. */
  private String show(JShell shell, String cell) {
    StringBuilder problems = new StringBuilder();
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      result = null;
      shell
          .eval(info.source())
          .forEach(event ->
              shell
                  .diagnostics(event.snippet())
                  .forEach(diag -> problems.append(diag.getMessage(null)).append('\n')));
      rest = info.remaining();
    }
    return problems + String.valueOf(result);
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    result =
        threads
            .submit(() -> {
              try {
                return snippet.invoke(null);
              } catch (InvocationTargetException e) {
                return e.getCause();
              }
            })
            .get();
    return "";
  }

  private record Provider(ForeignKernel kernel) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public DirectExecutionControl generate(ExecutionEnv environment, Map<String, String> options) {
      return kernel;
    }
  }

  private static final class Classes extends URLClassLoader implements LoaderDelegate {

    private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

    Classes() {
      super(new URL[0]);
    }

    @Override
    public void load(ClassBytecodes[] classes) {
      classesRedefined(classes);
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
      for (ClassBytecodes one : classes) {
        declared.put(one.name(), one.bytecodes());
      }
    }

    @Override
    public void addToClasspath(String path) throws InternalException {
      try {
        for (String entry : path.split(File.pathSeparator)) {
          addURL(Path.of(entry).toUri().toURL());
        }
      } catch (MalformedURLException e) {
        throw new InternalException(e.toString());
      }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      byte[] bytes = declared.get(name);
      if (loaded != null || bytes == null) {
        return loaded != null ? loaded : super.findClass(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
