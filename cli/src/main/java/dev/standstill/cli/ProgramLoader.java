package dev.standstill.cli;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a program: compiled ones, those of its class path and the JDK's. It sees
 * nothing of the command line's own class path.
 *
 * <p>A program whose class path has Standstill gets the Standstill that runs it: with another copy,
 * it would not find its loop.
 */
final class ProgramLoader extends URLClassLoader {

  private static final Set<String> SHARED =
      Set.of(EventLoop.class.getPackageName(), TestLoop.class.getPackageName());

  private final Map<String, byte[]> compiled;

  /**
   * @param compiled class files by the names of the classes
   */
  ProgramLoader(Map<String, byte[]> compiled, ClassPath classPath) {
    super(classPath.urls(), ClassLoader.getPlatformClassLoader());
    this.compiled = compiled;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] bytes = compiled.get(name);
    if (bytes != null) {
      return defineClass(name, bytes, 0, bytes.length);
    }
    return isShared(name)
        ? Class.forName(name, false, ProgramLoader.class.getClassLoader())
        : super.findClass(name);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte @Nullable [] bytes =
        name.endsWith(".class")
            ? compiled.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            : null;
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private boolean isShared(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && SHARED.contains(name.substring(0, dot))
        && findResource(name.replace('.', '/') + ".class") != null;
  }
}
