package dev.standstill.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.Nullable;

/** Keeps in memory what the compiler writes. */
final class CompiledFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {

  private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

  CompiledFiles(StandardJavaFileManager files) {
    super(files);
  }

  /** The class files by the names of the classes. */
  Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new HashMap<>();
    written.forEach((name, bytes) -> contents.put(name, bytes.toByteArray()));
    return contents;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
    URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
    return new SimpleJavaFileObject(uri, kind) {
      @Override
      public OutputStream openOutputStream() {
        return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
      }
    };
  }
}
