package dev.standstill.agent;

import dev.standstill.agent.program.LaunchedProgram;
import dev.standstill.agent.program.LaunchedProgram.Kind;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What the script {@code standstill} asks for when it starts {@code java} with a program: that
 * Standstill takes the program over. It is the argument of the agent, so that the rest of the
 * command line is the program's. Its parts, with U+001F between them:
 *
 * <ol>
 *   <li>{@code launch};
 *   <li>the class path of Standstill;
 *   <li>the number of words of Standstill's command, and these: a main class and its arguments;
 *   <li>the number of options that the JVM was given, and these;
 *   <li>what names the program.
 * </ol>
 */
final class LaunchRequest {

  private static final String MARK = "launch";
  private static final String SEPARATOR = "\u001f";

  private static final String SOURCE_LAUNCHER =
      "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher";

  /** How LauncherHelper calls what it may be asked for (JDK 25). */
  private static final char JAR = '2';

  private static final char MODULE = '3';
  private static final char SOURCE = '4';

  private static @Nullable LaunchRequest ofJvm;

  private final Instrumentation instrumentation;
  private final String classPath;
  private final List<String> command;
  private final LaunchedProgram.Given given;

  private LaunchRequest(Instrumentation instrumentation, Iterator<String> parts) {
    this.instrumentation = instrumentation;
    this.classPath = parts.next();
    this.command = take(parts);
    List<String> options = take(parts);
    List<String> program = new ArrayList<>();
    parts.forEachRemaining(program::add);
    this.given = new LaunchedProgram.Given(options, List.copyOf(program));
  }

  private static List<String> take(Iterator<String> parts) {
    List<String> taken = new ArrayList<>();
    for (int left = Integer.parseInt(parts.next()); left > 0; left--) {
      taken.add(parts.next());
    }
    return List.copyOf(taken);
  }

  /**
   * Has {@code java} start {@link Launcher} in place of the program, if the argument of the agent
   * says so.
   *
   * @throws IllegalStateException if this JDK does not let it
   */
  static void prepare(@Nullable String argument, Instrumentation instrumentation) {
    if (argument != null && argument.startsWith(MARK + SEPARATOR)) {
      List<String> parts = List.of(argument.split(SEPARATOR, -1));
      ofJvm = new LaunchRequest(instrumentation, parts.subList(1, parts.size()).iterator());
      MainClassRewrite.install(instrumentation);
    }
  }

  /** Returns what was asked for; null if nothing was. */
  static @Nullable LaunchRequest ofJvm() {
    return ofJvm;
  }

  /** Returns the class path of Standstill. */
  String classPath() {
    return classPath;
  }

  /** Returns the main class of Standstill and what that is given. */
  List<String> command() {
    return command;
  }

  /**
   * Returns the program that {@code java} would have started.
   *
   * @param arguments what it would have been given
   * @throws NothingToRunException if there is none
   */
  LaunchedProgram program(String... arguments) throws NothingToRunException {
    String asked = MainClassRewrite.takeAsked();
    String what = asked.substring(1);
    List<String> all = List.of(arguments);
    return switch (asked.charAt(0)) {
      case SOURCE -> {
        if (!what.equals(SOURCE_LAUNCHER)) {
          throw new IllegalStateException("The JDK runs source files by " + what + ".");
        }
        yield program(Kind.SOURCE, all.getFirst(), all.subList(1, all.size()));
      }
      case MODULE -> {
        String name = classOfModule(what);
        System.setProperty("jdk.module.main.class", name.substring(name.indexOf('/') + 1));
        yield program(Kind.MODULE, name, all);
      }
      case JAR -> program(Kind.CLASS, classOfJar(what), all);
      default -> program(Kind.CLASS, what, all);
    };
  }

  private LaunchedProgram program(Kind kind, String name, List<String> arguments) {
    return new LaunchedProgram(
        instrumentation,
        kind,
        name,
        arguments,
        kind == Kind.SOURCE ? jvmArguments() : List.of(),
        given);
  }

  /** As LauncherHelper.loadModuleMainClass does. */
  private static String classOfModule(String what) throws NothingToRunException {
    if (what.indexOf('/') >= 0) {
      return what;
    }
    return ModuleLayer.boot()
        .findModule(what)
        .flatMap(module -> module.getDescriptor().mainClass())
        .map(name -> what + "/" + name)
        .orElseThrow(() ->
            new NothingToRunException(
                "The module %s names no main class: say which with -m %s/CLASS."
                    .formatted(what, what)));
  }

  private String classOfJar(String jar) throws NothingToRunException {
    try (JarFile file = new JarFile(jar)) {
      Manifest manifest = file.getManifest();
      if (manifest == null
          || manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) == null) {
        throw new NothingToRunException(
            "The manifest of %s names no Main-Class: say which class with -cp %s CLASS."
                .formatted(jar, jar));
      }
      return classOfJar(file);
    } catch (IOException e) {
      throw new NothingToRunException("%s cannot be read: %s.".formatted(jar, e.getMessage()));
    }
  }

  /** The JDK itself exports, opens and enables what else the manifest asks for. */
  private String classOfJar(JarFile file) {
    try {
      Class<?> helper = open("sun.launcher", "LauncherHelper");
      Method initOutput = helper.getDeclaredMethod("initOutput", boolean.class);
      initOutput.setAccessible(true);
      initOutput.invoke(null, true);
      Method mainClass = helper.getDeclaredMethod("getMainClassFromJar", JarFile.class);
      mainClass.setAccessible(true);
      return (String) mainClass.invoke(null, file);
    } catch (ReflectiveOperationException e) {
      throw foreign(e);
    }
  }

  private List<String> jvmArguments() {
    try {
      Method arguments = open("jdk.internal.misc", "VM").getMethod("getRuntimeArguments");
      return Arrays.asList((String[]) arguments.invoke(null));
    } catch (ReflectiveOperationException e) {
      throw foreign(e);
    }
  }

  private Class<?> open(String packageName, String type) throws ClassNotFoundException {
    Map<String, Set<Module>> opened = new HashMap<>();
    opened.put(packageName, Set.of(LaunchRequest.class.getModule()));
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
    return Class.forName(packageName + "." + type, false, null);
  }

  private static IllegalStateException foreign(ReflectiveOperationException e) {
    return new IllegalStateException(
        Transformer.sentence("a program cannot be taken over (" + e + ")"), e);
  }
}
