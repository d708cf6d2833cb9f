package dev.standstill.children;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that a test started, with the default signals. It is killed at a limit, so whoever
 * waits for it or reads what it prints goes on, and learns what hung: the command, all that it
 * printed, and the stacks of a JVM.
 *
 * <p>For one thread; not for a task in virtual time, whose limits are those of its loop.
 */
public final class Child implements AutoCloseable {

  /** Wide enough for a machine ten times slower than one where a child takes half a minute. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** How long a JVM that was asked for its stacks has to print them. */
  private static final Duration FOR_STACKS = Duration.ofSeconds(5);

  /**
   * How a process ended.
   *
   * @param status its exit code
   * @param out what it printed to standard output; to standard error, too, if that was redirected
   * @param err what it printed to standard error otherwise
   */
  public record Result(int status, String out, String err) {}

  private final List<String> command;
  private final Duration limit;
  private final Process process;
  private final Path err;
  private final BufferedReader out;
  private final StringWriter printed = new StringWriter();

  /** Written by the thread that kills, before it does. */
  private volatile boolean expired;

  private Child(ProcessBuilder builder, Duration limit) throws IOException {
    this.command = List.copyOf(builder.command());
    this.limit = limit;
    this.err = Files.createTempFile("err", ".txt");
    builder.command(DefaultSignals.with(command)).redirectError(err.toFile());
    this.process = builder.start();
    this.out = process.inputReader();
    process.getOutputStream().close();
    Thread.ofPlatform().daemon().name("limit of process " + process.pid()).start(this::killAtLimit);
  }

  /** Starts a process; its standard input is empty. */
  public static Child start(ProcessBuilder builder) throws IOException {
    return start(builder, LIMIT);
  }

  static Child start(ProcessBuilder builder, Duration limit) throws IOException {
    return new Child(builder, limit);
  }

  /** Runs a process to its end. */
  public static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
    return run(builder, LIMIT);
  }

  /** Runs a process to its end, which may take as long as the limit says. */
  public static Result run(ProcessBuilder builder, Duration limit)
      throws IOException, InterruptedException {
    try (Child child = start(builder, limit)) {
      return child.end();
    }
  }

  /** Waits for the next line on standard output; that there is none is a failure. */
  public String readLine() throws IOException, InterruptedException {
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("Printed no further line: " + command + ", " + end());
    }
    printed.append(line).append(System.lineSeparator());
    return line;
  }

  /** Sends a signal, such as {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    signal(name, process.toHandle());
  }

  private static void signal(String name, ProcessHandle target)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(target.pid())).start().waitFor();
  }

  /** Waits for the end of the process. */
  public Result end() throws IOException, InterruptedException {
    out.transferTo(printed);
    Result result = new Result(process.waitFor(), printed.toString(), Files.readString(err));
    if (expired) {
      throw new AssertionError(
          "Killed, because it still ran after %s: %s%n%s%s"
              .formatted(limit, command, result.out(), result.err()));
    }
    return result;
  }

  private void killAtLimit() {
    try {
      if (!process.waitFor(limit)) {
        expire();
      }
    } catch (InterruptedException | IOException e) {
      kill();
    }
  }

  /** Does what is done at the limit. */
  void expire() throws IOException, InterruptedException {
    expired = true;
    List<ProcessHandle> family = family(); // now: children of one that ends are found no more
    for (ProcessHandle each : family) {
      signal("QUIT", each); // a JVM prints its stacks
    }
    process.waitFor(FOR_STACKS);
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private void kill() {
    family().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> family() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  /** Kills the process if it still runs. */
  @Override
  public void close() throws IOException {
    kill();
    Files.delete(err);
  }
}
