package dev.standstill.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.lang.model.SourceVersion;

/** Finds out what the user wants to run. */
final class Program {

  private Program() {}

  /**
   * Loads a program without running any of its code.
   *
   * @param program a source file or the name of a class
   * @param classPath where its other classes are
   * @throws UsageException if there is no such file or class, it does not compile, or has no main
   *     method
   */
  static MainMethod load(String program, ClassPath classPath) throws UsageException {
    return isFile(program)
        ? fromSource(Path.of(program), classPath)
        : MainMethod.of(classNamed(program, new ProgramLoader(Map.of(), classPath)));
  }

  private static boolean isFile(String program) {
    return program.endsWith(".java")
        || !SourceVersion.isName(program)
        || Files.isRegularFile(Path.of(program));
  }

  private static MainMethod fromSource(Path file, ClassPath classPath) throws UsageException {
    ProgramSource.Compiled compiled = ProgramSource.compile(file, classPath);
    ProgramLoader loader = new ProgramLoader(compiled.classes(), classPath);
    return MainMethod.of(classNamed(compiled.mainClass(), loader));
  }

  private static Class<?> classNamed(String name, ProgramLoader loader) throws UsageException {
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
