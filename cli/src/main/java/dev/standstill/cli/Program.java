package dev.standstill.cli;

import dev.standstill.agent.program.LaunchedProgram;
import dev.standstill.agent.program.LaunchedProgram.Kind;
import dev.standstill.campaigns.ProgramDigest;
import dev.standstill.test.spi.MainMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** What the user wants to run, found and compiled. Immutable. */
final class Program {

  private final String mainClass;
  private final @Nullable ProgramSource source;
  private final ClassPath classPath;

  /** How the JVM was started; null if with something else than this program. */
  private final @Nullable LaunchedProgram launched;

  private Program(
      String mainClass,
      @Nullable ProgramSource source,
      ClassPath classPath,
      @Nullable LaunchedProgram launched) {
    this.mainClass = mainClass;
    this.source = source;
    this.classPath = classPath;
    this.launched = launched;
  }

  /**
   * Finds a program.
   *
   * @param program a source file or the name of a class
   * @param classPath where its other classes are
   * @throws UsageException if there is no such file, or it does not compile
   */
  static Program find(String program, ClassPath classPath) throws UsageException {
    return isFile(program)
        ? compile(program, classPath, List.of(), null)
        : new Program(program, null, classPath, null);
  }

  /**
   * Finds the program that the JVM was started with.
   *
   * @throws UsageException if there is no such file, or it does not compile
   */
  static Program find(LaunchedProgram launched) throws UsageException {
    ClassPath classPath = ClassPath.ofJvm();
    if (launched.kind() == Kind.SOURCE || isFile(launched.name())) {
      return compile(launched.name(), classPath, launched.jvmArguments(), launched);
    }
    return new Program(launched.name().replace('/', '.'), null, classPath, launched);
  }

  private static Program compile(
      String file,
      ClassPath classPath,
      List<String> jvmArguments,
      @Nullable LaunchedProgram launched)
      throws UsageException {
    ProgramSource source = ProgramSource.compile(Path.of(file), classPath, jvmArguments);
    return new Program(source.mainClass(), source, classPath, launched);
  }

  /**
   * Loads the program, without running any of its code: as {@code java} does, if the JVM was
   * started with it, and else by a class loader of its own.
   *
   * @throws UsageException if there is no such class, or it has no main method
   */
  MainMethod load() throws UsageException {
    if (launched == null) {
      return loadCopy();
    }
    return source == null
        ? mainOf(launchedClass(launched))
        : mainMethod(ProgramLoader.above(source));
  }

  /**
   * Loads the program in a class loader of its own, without running any of its code.
   *
   * @throws UsageException if there is no such class, or it has no main method, or it is in a
   *     module
   */
  MainMethod loadCopy() throws UsageException {
    if (!canBeCopied()) {
      throw new UsageException(
          "The classes of a module cannot be loaded twice: leave out --parallel and --out, or name the class and its jar with -cp.");
    }
    return mainMethod(ProgramLoader.of(source, classPath));
  }

  /**
   * A name for its classes, wherever they lie.
   *
   * @throws UsageException if they cannot be read
   */
  String digest() throws UsageException {
    ProgramDigest digest = new ProgramDigest();
    try {
      if (source == null) {
        return digest.add(classPath.entries()).toString();
      }
      source.addTo(digest);
      Path here = Path.of("").toAbsolutePath();
      return digest
          .add(
              classPath.entries().stream()
                  .filter(entry -> !entry.toAbsolutePath().normalize().equals(here))
                  .toList())
          .toString();
    } catch (IOException e) {
      throw new UsageException("The classes of the program cannot be read: %s.".formatted(e));
    }
  }

  /** Whether there may be several copies of its classes. */
  boolean canBeCopied() {
    return launched == null || launched.kind() != Kind.MODULE;
  }

  /** As for {@code java}: the first class of a file, else the one that is named like the file. */
  private MainMethod mainMethod(ClassLoader loader) throws UsageException {
    Class<?> first = classNamed(mainClass, loader);
    String other = source == null ? null : source.classNamedLikeFile();
    return other == null || MainMethod.isIn(first)
        ? mainOf(first)
        : mainOf(classNamed(other, loader));
  }

  private static MainMethod mainOf(Class<?> type) throws UsageException {
    try {
      return MainMethod.of(type);
    } catch (IllegalArgumentException e) {
      throw new UsageException("" + e.getMessage());
    }
  }

  private static boolean isFile(String program) {
    return program.endsWith(".java")
        || !SourceVersion.isName(program.replace('/', '.'))
        || Files.isRegularFile(Path.of(program));
  }

  private static Class<?> launchedClass(LaunchedProgram launched) throws UsageException {
    try {
      return launched
          .loadClass(Program.class.getModule())
          .orElseThrow(() -> missing(launched.name()));
    } catch (LinkageError e) {
      throw unloadable(launched.name(), e);
    }
  }

  private static Class<?> classNamed(String name, ClassLoader loader) throws UsageException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw missing(name);
    } catch (LinkageError e) {
      throw unloadable(name, e);
    }
  }

  private static UsageException missing(String name) {
    return new UsageException(
        "There is no class %s on the class path: say where it is with -cp.".formatted(name));
  }

  private static UsageException unloadable(String name, LinkageError e) {
    return new UsageException("Class %s cannot be loaded: %s.".formatted(name, e));
  }
}
