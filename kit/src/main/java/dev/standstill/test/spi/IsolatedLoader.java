package dev.standstill.test.spi;

import dev.standstill.EventLoop;
import dev.standstill.core.Scheduler;
import dev.standstill.test.TestLoop;
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
 * <p>Shared with the program are the JDK, Standstill (a loop is the same for both), JUnit (a failed
 * assertion is one for whoever runs the test), and what sets something of the JVM's that can be set
 * once.
 */
public final class IsolatedLoader extends ClassLoader {

  private static final List<String> SHARED_PACKAGES =
      List.of(
          EventLoop.class.getPackageName(),
          TestLoop.class.getPackageName(),
          Scheduler.class.getPackageName(),
          "dev.standstill.jdk",
          "dev.standstill.jdk.sockets",
          "dev.standstill.network",
          "dev.standstill.network.kernel");

  private static final List<String> SHARED_PREFIXES =
      List.of(
          "org.junit.",
          "org.opentest4j.",
          // It sets what a JVM takes once only, so there is one for all.
          "org.apache.catalina.webresources.TomcatURLStreamHandlerFactory");

  private final ClassLoader source;
  private final List<String> alsoShared;

  /**
   * @param source finds the program
   */
  public IsolatedLoader(ClassLoader source) {
    this(source, List.of());
  }

  /**
   * @param source finds the program
   * @param alsoShared how the names of other classes begin that are shared with the program
   */
  public IsolatedLoader(ClassLoader source, List<String> alsoShared) {
    super("isolated", ClassLoader.getPlatformClassLoader());
    this.source = source;
    this.alsoShared = List.copyOf(alsoShared);
  }

  /** Whether a class is the same for all loaders of this kind, and for the program. */
  public boolean shares(Class<?> type) {
    return type.isArray()
        ? shares(type.getComponentType())
        : type.getClassLoader() == null
            || type.getClassLoader() == getParent()
            || isSharedHere(type.getName());
  }

  private boolean isSharedHere(String className) {
    return isShared(className) || alsoShared.stream().anyMatch(className::startsWith);
  }

  /** Whether a class is shared by all programs, by its name. */
  public static boolean isShared(String className) {
    int dot = className.lastIndexOf('.');
    return dot > 0 && SHARED_PACKAGES.contains(className.substring(0, dot))
        || SHARED_PREFIXES.stream().anyMatch(className::startsWith);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    URL file = isSharedHere(name) ? null : source.getResource(name.replace('.', '/') + ".class");
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

  private static @Nullable URL root(String name, URLConnection connection)
      throws MalformedURLException {
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarFileURL();
    }
    if (!connection.getURL().getProtocol().equals("file")) {
      return null; // it is in memory
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
