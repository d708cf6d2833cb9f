package dev.standstill.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** Gives a program of the project to a command of Standstill, in a JVM of its own. */
abstract class ProgramMojo extends AbstractMojo {

  /** Where a printed command names the class path, which Maven knows by itself. */
  private static final Pattern CLASS_PATH = Pattern.compile("-cp ('[^']*'|\\S+) ?");

  private static final String AGENT = "standstill-agent";

  private final ToolchainManager toolchains;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  /** This plugin's own dependencies: the command line. */
  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> commandLine;

  /** The class with the main method, of the project, of its tests or of a dependency. */
  @Parameter(property = "standstill.program")
  private @Nullable String program;

  /** What main is given, separated by blanks. */
  @Parameter(property = "standstill.arguments")
  private @Nullable String arguments;

  /** Options of the command, separated by blanks, as {@code standstill help} names them. */
  @Parameter(property = "standstill.options")
  private @Nullable String options;

  ProgramMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  /**
   * Runs a command on the program; prints what it prints.
   *
   * @param words the command, and what comes before its options
   * @param edit changes a line of what it prints
   * @throws MojoFailureException if a schedule of the program fails
   * @throws MojoExecutionException if there is nothing to run
   */
  final void run(List<String> words, UnaryOperator<String> edit)
      throws MojoExecutionException, MojoFailureException {
    int status = status(commandOf(words), edit);
    if (status == 1) {
      throw new MojoFailureException("The program %s fails: see above.".formatted(program));
    }
    if (status != 0) {
      throw new MojoExecutionException(
          "Standstill could not %s %s (exit code %d): see above."
              .formatted(words.get(0), program, status));
    }
  }

  private List<String> commandOf(List<String> words) throws MojoExecutionException {
    String main = program;
    if (main == null) {
      throw new MojoExecutionException(
          "There is no program: name a class that has a main method, as in -Dstandstill.program=com.example.Shop.");
    }
    String classPath = String.join(File.pathSeparator, classPath());
    List<String> command = new ArrayList<>();
    command.add(new Jdk(toolchains, session).java().toString());
    command.add("-javaagent:" + agent() + "=" + request(words, classPath, main));
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(words(arguments));
    return command;
  }

  /** What the agent is asked for, as by the script {@code tools/launch}. */
  private String request(List<String> words, String classPath, String main) {
    List<String> ofCommand = new ArrayList<>(List.of("dev.standstill.cli.Main"));
    ofCommand.addAll(words);
    ofCommand.addAll(words(options));
    List<String> request = new ArrayList<>();
    request.addAll(List.of("launch", String.join(File.pathSeparator, commandLine())));
    request.add(Integer.toString(ofCommand.size()));
    request.addAll(ofCommand);
    request.addAll(List.of("2", "-cp", classPath, main));
    return String.join("\u001f", request);
  }

  private static List<String> words(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private List<String> classPath() throws MojoExecutionException {
    try {
      return project.getTestClasspathElements();
    } catch (DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("The class path for tests is not resolved yet.", e);
    }
  }

  private List<String> commandLine() {
    return jars(commandLine.stream()).toList();
  }

  /** The project's own, if it has one: a JVM has one Standstill only. */
  private String agent() {
    return jars(Stream.concat(project.getArtifacts().stream(), commandLine.stream())
            .filter(artifact -> artifact.getArtifactId().equals(AGENT)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("This plugin has lost " + AGENT + "."));
  }

  private static Stream<String> jars(Stream<Artifact> artifacts) {
    return artifacts.map(Artifact::getFile).map(File::toPath).map(Path::toString);
  }

  private int status(List<String> command, UnaryOperator<String> edit)
      throws MojoExecutionException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.getBasedir())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (BufferedReader output = process.inputReader()) {
        output.lines().map(edit).forEach(System.out::println);
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new MojoExecutionException("No JVM can be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("Interrupted while the program ran.", e);
    }
  }

  /**
   * Returns the goal that repeats a schedule.
   *
   * @param token of the schedule
   * @param rest what follows it where the command line says how to repeat it: options, program and
   *     arguments
   */
  final String replayGoal(String token, String rest) {
    List<String> given = words(arguments);
    String end = given.isEmpty() ? "" + program : program + " -- " + String.join(" ", given);
    String repeated = rest.endsWith(end) ? rest.substring(0, rest.length() - end.length()) : "";
    return "mvn standstill:replay -Dstandstill.token=%s -Dstandstill.program=%s%s%s"
        .formatted(
            token,
            program,
            property(
                "options", words(CLASS_PATH.matcher(repeated).replaceAll("").replace("'", ""))),
            property("arguments", given));
  }

  private static String property(String name, List<String> words) {
    return words.isEmpty()
        ? ""
        : " \"-Dstandstill.%s=%s\"".formatted(name, String.join(" ", words));
  }
}
