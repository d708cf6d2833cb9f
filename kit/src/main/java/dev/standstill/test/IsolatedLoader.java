package dev.standstill.test;

import dev.standstill.EventLoop;
import dev.standstill.core.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a program anew, from the class files that another loader finds. Any thread
 * may call.
 *
 * <p>Shared with the program are the JDK, Standstill (a loop is the same for both) and JUnit (a
 * failed assertion is one for whoever runs the test).
 */
final class IsolatedLoader extends ClassLoader {

  private static final List<String> SHARED_PACKAGES =
      List.of(
          EventLoop.class.getPackageName(),
          TestLoop.class.getPackageName(),
          Scheduler.class.getPackageName(),
          "dev.standstill.jdk");

  private static final List<String> SHARED_PREFIXES = List.of("org.junit.", "org.opentest4j.");

  private final ClassLoader source;

  /**
   * @param source finds the program
   */
  IsolatedLoader(ClassLoader source) {
    super("isolated", ClassLoader.getPlatformClassLoader());
    this.source = source;
  }

  static boolean isShared(String className) {
    int dot = className.lastIndexOf('.');
    return dot > 0 && SHARED_PACKAGES.contains(className.substring(0, dot))
        || SHARED_PREFIXES.stream().anyMatch(className::startsWith);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    URL file = isShared(name) ? null : source.getResource(name.replace('.', '/') + ".class");
    return file == null || file.getProtocol().equals("jrt")
        ? source.loadClass(name)
        : define(name, file);
  }

  private Class<?> define(String name, URL file) throws ClassNotFoundException {
    try {
      URLConnection connection = file.openConnection();
      try (InputStream in = connection.getInputStream()) {
        byte[] classFile = in.readAllBytes();
        return defineClass(name, classFile, 0, classFile.length, domain(name, connection));
      }
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " cannot be read from " + file, e);
    }
  }

  /** Programs ask a class for its code source to find out where they are installed. */
  private ProtectionDomain domain(String name, URLConnection connection)
      throws MalformedURLException {
    CodeSource code = new CodeSource(root(name, connection), (Certificate[]) null);
    return new ProtectionDomain(code, null, this, null);
  }

  private static URL root(String name, URLConnection connection) throws MalformedURLException {
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarFileURL();
    }
    String file = connection.getURL().toExternalForm();
    int end = file.length() - (name + ".class").length();
    return URI.create(file.substring(0, Math.max(end, 0))).toURL();
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return source.getResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return source.getResources(name);
  }
}
