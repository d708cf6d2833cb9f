package dev.standstill.agent;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts the command line in a JVM whose class path is that of the program to run: the command line
 * comes from a loader of its own, and the program finds in its system class loader and in {@code
 * java.class.path} what it finds there without Standstill. The agent's jar, which has this class,
 * is in that loader all the same, behind all else, as with any {@code -javaagent:}; the property
 * does not name it.
 */
final class Launcher {

  private static final int NOTHING_TO_RUN = 2;

  private Launcher() {}

  /**
   * Runs a main class of Standstill.
   *
   * @param arguments the class path of Standstill itself, the main class, and what that is given
   * @throws Throwable what the main class threw
   */
  public static void main(String[] arguments) throws Throwable {
    StandstillLoader loader = new StandstillLoader(urls(arguments[0]));
    String other = otherStandstill(loader);
    if (other != null) {
      System.err.println(other);
      System.exit(NOTHING_TO_RUN);
    }
    Thread.currentThread().setContextClassLoader(loader);
    MethodHandle main =
        MethodHandles.publicLookup()
            .findStatic(
                loader.loadClass(arguments[1]),
                "main",
                MethodType.methodType(void.class, String[].class));
    main.invoke(Arrays.copyOfRange(arguments, 2, arguments.length));
  }

  private static URL[] urls(String path) throws MalformedURLException {
    List<String> entries = List.of(path.split(File.pathSeparator));
    URL[] urls = new URL[entries.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries.get(i)).toUri().toURL();
    }
    return urls;
  }

  /** A sentence if the class path has another Standstill than this one; else null. */
  private static @Nullable String otherStandstill(StandstillLoader loader) throws IOException {
    URL other = loader.findOther();
    return other == null
        ? null
        : "The program has another Standstill on its class path (%s) than the one that runs it, and a JVM can have one only: put the jars of %s there, or none."
            .formatted(other, AgentJar.of(Launcher.class).toAbsolutePath().getParent());
  }
}
