package dev.standstill.agent;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Starts the command line in a JVM that was started for the program to run: the command line comes
 * from a loader of its own, and the program finds in its system class loader and in {@code
 * java.class.path} what it finds there without Standstill. The agent's jar, which has this class,
 * is in that loader all the same, behind all else, as with any {@code -javaagent:}; the property
 * does not name it.
 */
final class Launcher {

  private static final int NOTHING_TO_RUN = 2;

  private Launcher() {}

  /**
   * Runs the main class of Standstill that the script {@linkplain LaunchRequest asks for}, in place
   * of the program.
   *
   * @param arguments those of the program
   * @throws Throwable what the main class threw
   */
  public static void main(String[] arguments) throws Throwable {
    LaunchRequest request =
        Objects.requireNonNull(LaunchRequest.ofJvm(), "The agent was not asked for a program.");
    StandstillLoader loader = new StandstillLoader(urls(request.classPath()));
    try {
      request.program(arguments).publish();
      refuseOtherStandstill(loader);
    } catch (NothingToRunException e) {
      System.err.println(e.getMessage());
      System.exit(NOTHING_TO_RUN);
    }
    List<String> command = request.command();
    Thread.currentThread().setContextClassLoader(loader);
    MethodHandle main =
        MethodHandles.publicLookup()
            .findStatic(
                loader.loadClass(command.getFirst()),
                "main",
                MethodType.methodType(void.class, String[].class));
    main.invoke(command.subList(1, command.size()).toArray(String[]::new));
  }

  private static URL[] urls(String path) throws MalformedURLException {
    List<String> entries = List.of(path.split(File.pathSeparator));
    URL[] urls = new URL[entries.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries.get(i)).toUri().toURL();
    }
    return urls;
  }

  private static void refuseOtherStandstill(StandstillLoader loader)
      throws IOException, NothingToRunException {
    URL other = loader.findOther();
    if (other != null) {
      throw new NothingToRunException(
          "The program has another Standstill on its class path (%s) than the one that runs it, and a JVM can have one only: put the jars of %s there, or none."
              .formatted(other, AgentJar.of(Launcher.class).toAbsolutePath().getParent()));
    }
  }
}
