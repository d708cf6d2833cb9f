package dev.standstill.network.kernel;

import java.net.SocketException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open files of a loop by their numbers, with their options, and who has opened them. */
final class FileTable {

  private final World world;
  private final Map<Integer, OpenFile> files = new LinkedHashMap<>();
  private final Map<Integer, SocketOptions> options = new HashMap<>();
  private final Unclosed unclosed = new Unclosed();
  private final Numbers numbers;

  /**
   * @param first the first number of a file
   * @param most how many numbers there are
   */
  FileTable(World world, int first, int most) {
    this.world = world;
    this.numbers = new Numbers(first, most, files::containsKey);
  }

  /** A number for a file that is about to be added. */
  int number() {
    return numbers.take();
  }

  <F extends OpenFile> F add(F file) {
    files.put(file.number(), file);
    return file;
  }

  /** A task has opened a file, and is to close it. */
  void isOpenedByCaller(OpenFile file) {
    unclosed.opened(file, world.caller());
  }

  @Nullable OpenFile find(int number) {
    return files.get(number);
  }

  /**
   * The file with a number.
   *
   * @throws SocketException if there is none
   */
  OpenFile get(int number) throws SocketException {
    OpenFile file = files.get(number);
    if (file == null) {
      throw new SocketException("Socket closed");
    }
    return file;
  }

  SocketOptions options(int number) {
    return options.computeIfAbsent(number, key -> new SocketOptions());
  }

  /** All, in the order in which they were opened; a copy. */
  List<OpenFile> all() {
    return List.copyOf(files.values());
  }

  /** Those of a host. */
  List<OpenFile> of(Node node) {
    return files.values().stream().filter(file -> file.node() == node).toList();
  }

  void close(int number) {
    OpenFile file = files.get(number);
    if (file != null) {
      remove(file);
      file.close();
    }
  }

  /** Takes a file away, and its address from it. */
  void remove(OpenFile file) {
    files.remove(file.number());
    options.remove(file.number());
    unclosed.closed(file.number());
    file.node().bindings().release(file);
  }

  /** A file of the machine takes the place of another. */
  void replace(OpenFile file, RealFile real) {
    file.node().bindings().release(file);
    unclosed.closed(file.number());
    files.put(file.number(), real);
  }

  /** The collector has found that nobody can reach a socket. Any thread may call. */
  void isUnreachable(int number) {
    unclosed.isUnreachable(number);
  }

  /** Says which were not closed: those that nobody can reach any more, or all. */
  List<String> unclosed(boolean all) {
    return unclosed.tell(files, all);
  }
}
