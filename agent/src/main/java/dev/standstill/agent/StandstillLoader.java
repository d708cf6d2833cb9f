package dev.standstill.agent;

import dev.standstill.agent.program.ProgramRule;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads Standstill beside a program that has the system class loader to itself. Any thread may
 * call.
 *
 * <p>Of a class of Standstill there is one in a JVM. The agent is the system class loader's, since
 * the JVM has put it there; and so is what the program's own class path has of Standstill: a
 * program that calls loops finds the one that it runs on.
 */
final class StandstillLoader extends URLClassLoader {

  private static final String OURS = "dev.standstill.";

  /** No program calls it, and it needs the library. */
  private static final String COMMAND_LINE = "dev.standstill.cli.";

  /** What comes from here first, so that nobody has to ask the JDK for it in vain. */
  private static final String LIBRARY = "picocli.";

  private static final String ALWAYS_THERE = "dev/standstill/EventLoop.class";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader program = ClassLoader.getSystemClassLoader();
  private final boolean isBrought = program.getResource(ALWAYS_THERE) != null;

  /**
   * @param urls of Standstill's jars and of the libraries that it needs
   */
  StandstillLoader(URL[] urls) {
    super(ProgramRule.LOADER_OF_COMMAND_LINE, urls, ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) && !name.startsWith(LIBRARY)) {
      return super.loadClass(name, resolve);
    }
    if (isOfProgram(name)) {
      return program.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  private boolean isOfProgram(String name) {
    return name.startsWith("dev.standstill.agent.")
        || isBrought
            && name.startsWith(OURS)
            && !name.startsWith(COMMAND_LINE)
            && program.getResource(name.replace('.', '/') + ".class") != null;
  }

  /**
   * Returns a class of Standstill that the program brings and that differs from the one here; null
   * if there is none.
   */
  @Nullable URL findOther() throws IOException {
    if (isBrought) {
      for (URL url : getURLs()) {
        for (String file : classFilesIn(Path.of(URI.create(url.toString())))) {
          URL brought = program.getResource(file);
          if (brought != null && !isSame(findResource(file), brought)) {
            return brought;
          }
        }
      }
    }
    return null;
  }

  /** The names of Standstill's class files in a directory or a jar, which may be missing. */
  private static List<String> classFilesIn(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      try (JarFile jar = new JarFile(place.toFile())) {
        return jar.stream().map(JarEntry::getName).filter(StandstillLoader::isOurs).toList();
      }
    }
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .map(file -> place.relativize(file).toString().replace(File.separatorChar, '/'))
          .filter(StandstillLoader::isOurs)
          .toList();
    }
  }

  private static boolean isOurs(String file) {
    return file.startsWith("dev/standstill/") && file.endsWith(".class");
  }

  private static boolean isSame(@Nullable URL ours, URL theirs) throws IOException {
    if (ours == null || ours.equals(theirs)) {
      return true;
    }
    try (InputStream here = ours.openStream();
        InputStream there = theirs.openStream()) {
      return Arrays.equals(here.readAllBytes(), there.readAllBytes());
    }
  }
}
