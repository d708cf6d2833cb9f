package dev.standstill.campaigns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A name for the classes of a program, wherever they lie and whenever they were compiled. Where a
 * class is there twice, the first counts, as for a JVM. For one thread.
 */
public final class ProgramDigest {

  private static final String CLASS_FILE = ".class";

  private final Map<String, String> classes = new TreeMap<>();

  /** Of no class yet. */
  public ProgramDigest() {}

  /**
   * Adds a class.
   *
   * @param name its name, with dots
   * @param bytes its class file
   * @return this
   */
  public ProgramDigest add(String name, byte[] bytes) {
    add(name.replace('.', '/') + CLASS_FILE, crc(bytes), bytes.length);
    return this;
  }

  /**
   * Adds the classes of a class path.
   *
   * @param classPath folders and jars; what does not exist is passed by
   * @return this
   * @throws IOException if one cannot be read
   */
  public ProgramDigest add(List<Path> classPath) throws IOException {
    for (Path entry : classPath) {
      if (Files.isDirectory(entry)) {
        addFolder(entry);
      } else if (Files.isRegularFile(entry)) {
        addJar(entry);
      }
    }
    return this;
  }

  private void addFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (file.toString().endsWith(CLASS_FILE)) {
          byte[] bytes = Files.readAllBytes(file);
          add(folder.relativize(file).toString().replace('\\', '/'), crc(bytes), bytes.length);
        }
      }
    }
  }

  private void addJar(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .filter(entry -> entry.getName().endsWith(CLASS_FILE))
          .forEach((ZipEntry entry) -> add(entry.getName(), entry.getCrc(), entry.getSize()));
    }
  }

  private void add(String file, long crc, long size) {
    classes.putIfAbsent(file, crc + " " + size);
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /** Returns the name: 16 letters and digits. */
  @Override
  public String toString() {
    return Hashes.name(classes.toString());
  }
}
