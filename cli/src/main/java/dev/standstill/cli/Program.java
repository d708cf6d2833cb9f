package dev.standstill.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.lang.model.SourceVersion;

/** What the user wants to run, found and compiled. Immutable. */
final class Program {

  private final String mainClass;
  private final Map<String, byte[]> compiled;
  private final ClassPath classPath;

  private Program(String mainClass, Map<String, byte[]> compiled, ClassPath classPath) {
    this.mainClass = mainClass;
    this.compiled = compiled;
    this.classPath = classPath;
  }

  /**
   * Finds a program.
   *
   * @param program a source file or the name of a class
   * @param classPath where its other classes are
   * @throws UsageException if there is no such file, or it does not compile
   */
  static Program find(String program, ClassPath classPath) throws UsageException {
    if (!isFile(program)) {
      return new Program(program, Map.of(), classPath);
    }
    ProgramSource.Compiled source = ProgramSource.compile(Path.of(program), classPath);
    return new Program(source.mainClass(), source.classes(), classPath);
  }

  /**
   * Loads the program, without running any of its code: by the system class loader, as {@code java}
   * does, if the JVM was started with the program's class path, and else by one of its own.
   *
   * @throws UsageException if there is no such class, or it has no main method
   */
  MainMethod load() throws UsageException {
    return ClassPath.isOfJvm() ? MainMethod.of(classNamed(mainClass, loaderOfJvm())) : loadCopy();
  }

  /**
   * Loads the program in a class loader of its own, without running any of its code.
   *
   * @throws UsageException if there is no such class, or it has no main method
   */
  MainMethod loadCopy() throws UsageException {
    return MainMethod.of(classNamed(mainClass, ProgramLoader.of(compiled, classPath)));
  }

  private ClassLoader loaderOfJvm() {
    return compiled.isEmpty() ? ClassLoader.getSystemClassLoader() : ProgramLoader.above(compiled);
  }

  private static boolean isFile(String program) {
    return program.endsWith(".java")
        || !SourceVersion.isName(program)
        || Files.isRegularFile(Path.of(program));
  }

  private static Class<?> classNamed(String name, ClassLoader loader) throws UsageException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new UsageException(
          "There is no class %s on the class path: say where it is with -cp.".formatted(name));
    } catch (LinkageError e) {
      throw new UsageException("Class %s cannot be loaded: %s.".formatted(name, e));
    }
  }
}
