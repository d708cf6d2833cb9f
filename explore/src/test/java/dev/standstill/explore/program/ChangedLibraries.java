package dev.standstill.explore.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes all classes of jars of the class path, and lets the JVM verify them. For one thread. */
final class ChangedLibraries {

  private static final String CLASS = ".class";

  private final ProgramTransformer transformer;
  private final boolean wholly;
  private final List<String> failed = new ArrayList<>();
  private int linked;

  ChangedLibraries(boolean wholly, boolean plainToo) {
    this.wholly = wholly;
    this.transformer = TransformingLoader.transformer(plainToo);
  }

  /** Changes, defines and verifies each class of the jar that holds {@code resource}. */
  void add(String resource) {
    try (TransformingLoader changed = TransformingLoader.changing(transformer, wholly);
        TransformingLoader original = TransformingLoader.unchanged()) {
      for (String type : typesBeside(resource)) {
        add(type, changed, original);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class whose original cannot be linked either needs a library that is not there. */
  private void add(String type, ClassLoader changed, ClassLoader original) {
    LinkageError problem = link(type, changed);
    if (problem == null) {
      linked++;
    } else if (link(type, original) == null) {
      failed.add(type + ": " + problem);
    }
  }

  /** To list its methods the JVM links a class, which verifies it, but does not initialise it. */
  private static @Nullable LinkageError link(String type, ClassLoader loader) {
    try {
      Class.forName(type, false, loader).getDeclaredMethods();
      return null;
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    } catch (LinkageError e) {
      return e;
    }
  }

  private static List<String> typesBeside(String resource) throws IOException {
    URL url = ChangedLibraries.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IllegalArgumentException("There is no " + resource + " on the class path.");
    }
    String address = url.toString();
    URI jar = URI.create(address.substring(0, address.lastIndexOf('!')));
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> paths = Files.walk(files.getPath("/"))) {
      return paths
          .map(path -> path.toString().substring(1))
          .filter(name -> name.endsWith(CLASS) && !name.contains("-"))
          .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
          .toList();
    }
  }

  /** How many classes the JVM has accepted, changed or not. */
  int linked() {
    return linked;
  }

  /** The classes that the JVM accepts only as they were, with what it says. */
  List<String> failed() {
    return failed;
  }

  /** The classes that were not changed, with the reason. */
  Set<String> unchanged() {
    return new TreeSet<>(transformer.unchanged());
  }
}
