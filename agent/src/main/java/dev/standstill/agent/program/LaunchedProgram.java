package dev.standstill.agent.program;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The program that a JVM was started with, which Standstill then runs: what {@code java} found out
 * about it, whatever the options were. Immutable; any thread may call.
 */
public final class LaunchedProgram {

  /** Where the class is that the program starts with. */
  public enum Kind {
    /** On the class path. */
    CLASS,
    /** In a module. */
    MODULE,
    /** In a source file, which nobody has compiled yet. */
    SOURCE
  }

  private static volatile @Nullable LaunchedProgram ofJvm;

  private final Instrumentation instrumentation;
  private final Kind kind;
  private final String name;
  private final List<String> arguments;
  private final List<String> jvmArguments;
  private final Given given;

  /**
   * What the user gave {@code java}.
   *
   * @param options of the JVM
   * @param program what names the program: a file, a class, {@code -jar} and a jar, {@code -m} and
   *     a module
   */
  public record Given(List<String> options, List<String> program) {}

  /**
   * Describes a program.
   *
   * @param name of its class, as {@code java} was given it, with the module and a slash before it
   *     if it is in one; or of its source file
   * @param arguments what it is given
   * @param jvmArguments the JVM's own, as the JVM tells them
   */
  public LaunchedProgram(
      Instrumentation instrumentation,
      Kind kind,
      String name,
      List<String> arguments,
      List<String> jvmArguments,
      Given given) {
    this.instrumentation = instrumentation;
    this.kind = kind;
    this.name = name;
    this.arguments = List.copyOf(arguments);
    this.jvmArguments = List.copyOf(jvmArguments);
    this.given = given;
  }

  /** Returns the program of this JVM; empty if it was started in another way. */
  public static Optional<LaunchedProgram> ofJvm() {
    return Optional.ofNullable(ofJvm);
  }

  /** Makes this the program of the JVM. */
  public void publish() {
    ofJvm = this;
  }

  /** Returns where the class is that the program starts with. */
  public Kind kind() {
    return kind;
  }

  /** Returns the name of the class or the source file. */
  public String name() {
    return kind == Kind.MODULE ? name.substring(name.indexOf('/') + 1) : name;
  }

  /** Returns what the program is given. */
  public List<String> arguments() {
    return arguments;
  }

  /** Returns the arguments of the JVM that a compiler has to know of, too. */
  public List<String> jvmArguments() {
    return jvmArguments;
  }

  /** Returns what the user gave {@code java}. */
  public Given given() {
    return given;
  }

  /**
   * Loads the class of a program that is no source file, without initialising it.
   *
   * @param caller is going to call its main method: a package of a module is opened for that
   * @return empty if there is no such class
   * @throws LinkageError if the class cannot be loaded
   */
  public Optional<Class<?>> loadClass(Module caller) {
    return kind == Kind.MODULE ? loadFromModule(caller) : loadFromClassPath();
  }

  private Optional<Class<?>> loadFromClassPath() {
    try {
      String binary = name.replace('/', '.');
      return Optional.of(Class.forName(binary, false, ClassLoader.getSystemClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<Class<?>> loadFromModule(Module caller) {
    Optional<Class<?>> loaded =
        ModuleLayer.boot()
            .findModule(name.substring(0, name.indexOf('/')))
            .map(module -> Class.forName(module, name()));
    loaded.ifPresent(type -> {
      Map<String, Set<Module>> opened = Map.of(type.getPackageName(), Set.of(caller));
      instrumentation.redefineModule(
          type.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
    });
    return loaded;
  }
}
