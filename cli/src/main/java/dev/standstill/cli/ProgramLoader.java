package dev.standstill.cli;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a program that the system class loader does not have: compiled ones, and
 * those of its class path where the JVM was started with another one. It sees nothing of the
 * command line's own class path.
 *
 * <p>A program whose class path has Standstill gets the Standstill that runs it: with another copy,
 * it would not find its loop.
 */
final class ProgramLoader extends URLClassLoader {

  private static final Set<String> SHARED =
      Set.of(EventLoop.class.getPackageName(), TestLoop.class.getPackageName());

  private static final String CLASS_FILE = ".class";

  private final @Nullable ProgramSource source;

  private ProgramLoader(@Nullable ProgramSource source, URL[] urls, ClassLoader parent) {
    super(urls, parent);
    this.source = source;
  }

  /**
   * Returns a loader of all classes of a program, in a copy of its own.
   *
   * @param source null if all is on the class path
   */
  static ProgramLoader of(@Nullable ProgramSource source, ClassPath classPath) {
    return new ProgramLoader(source, classPath.urls(), ClassLoader.getPlatformClassLoader());
  }

  /**
   * Returns a loader of what was compiled, above the class path of the JVM, as {@code java
   * FILE.java} has one.
   */
  static ProgramLoader above(ProgramSource source) {
    return new ProgramLoader(source, new URL[0], ClassLoader.getSystemClassLoader());
  }

  /** What was compiled comes first, whatever the class path has. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (source == null || source.compiled(name) == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] bytes = source == null ? null : source.compileLate(name);
    if (bytes != null) {
      return defineClass(name, bytes, 0, bytes.length);
    }
    return isShared(name)
        ? Class.forName(name, false, ProgramLoader.class.getClassLoader())
        : super.findClass(name);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte @Nullable [] bytes = source == null ? null : classFile(source::compiled, name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private static byte @Nullable [] classFile(
      Function<String, byte @Nullable []> classes, String name) {
    return name.endsWith(CLASS_FILE)
        ? classes.apply(name.substring(0, name.length() - CLASS_FILE.length()).replace('/', '.'))
        : null;
  }

  /**
   * A class that is compiled in memory has a file there, which a host reads that has a copy of the
   * class. A file beside the sources comes before one of the same name on the class path.
   */
  @Override
  public @Nullable URL getResource(String name) {
    byte @Nullable [] compiled = source == null ? null : classFile(source::compileLate, name);
    if (compiled != null) {
      return InMemoryFile.url(name, compiled);
    }
    URL beside = source == null ? null : source.resource(name);
    return beside == null ? super.getResource(name) : beside;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    URL beside = source == null ? null : source.resource(name);
    if (beside == null) {
      return super.getResources(name);
    }
    List<URL> all = Collections.list(super.getResources(name));
    all.addFirst(beside);
    return Collections.enumeration(all);
  }

  private boolean isShared(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && SHARED.contains(name.substring(0, dot))
        && findResource(name.replace('.', '/') + ".class") != null;
  }
}
