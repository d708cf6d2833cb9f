package dev.standstill.explore.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has all classes of the class path anew, changed or as they are. */
final class TransformingLoader extends URLClassLoader {

  private final @Nullable ProgramTransformer transformer;
  private final boolean wholly;

  private TransformingLoader(
      @Nullable ProgramTransformer transformer, boolean wholly, Path... before) {
    super(classPath(before), ClassLoader.getPlatformClassLoader());
    this.transformer = transformer;
    this.wholly = wholly;
  }

  static TransformingLoader unchanged() {
    return new TransformingLoader(null, false);
  }

  /**
   * @param before directories of classes that go before those of the class path
   */
  static TransformingLoader changing(boolean wholly, boolean plainToo, Path... before) {
    return new TransformingLoader(transformer(plainToo), wholly, before);
  }

  static TransformingLoader changing(ProgramTransformer transformer, boolean wholly) {
    return new TransformingLoader(transformer, wholly);
  }

  /** Changes all classes. */
  static ProgramTransformer transformer(boolean plainToo) {
    ProgramClasses all = ProgramClasses.of(List.of("*"), List.of());
    ProgramTransformer transformer = new ProgramTransformer(all);
    transformer.begin(all);
    return transformer;
  }

  private static URL[] classPath(Path... before) {
    String[] elements =
        System.getProperty("java.class.path").split(System.getProperty("path.separator"));
    return Stream.concat(Arrays.stream(before), Arrays.stream(elements).map(Path::of))
        .map(TransformingLoader::url)
        .toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] original = read(name);
    byte[] changed = change(name.replace('.', '/'), original);
    byte[] used = changed == null ? original : changed;
    return defineClass(name, used, 0, used.length, comingFrom(name));
  }

  /** By it an exploration sees that a class is of a library. */
  private ProtectionDomain comingFrom(String name) {
    URL file = getResource(pathOf(name));
    return new ProtectionDomain(new CodeSource(jarOf(file), (Certificate[]) null), null);
  }

  private static @Nullable URL jarOf(@Nullable URL file) {
    try {
      return file != null && file.openConnection() instanceof JarURLConnection jar
          ? jar.getJarFileURL()
          : file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pathOf(String name) {
    return name.replace('.', '/') + ".class";
  }

  private byte @Nullable [] change(String type, byte[] original) {
    Class<?> redefined = wholly ? null : Object.class;
    return transformer == null
        ? null
        : transformer.transform(null, this, type, redefined, null, original);
  }

  private byte[] read(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(pathOf(name))) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
