package dev.standstill.cli;

import dev.standstill.cli.init.CannotInitException;
import dev.standstill.cli.init.Project;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command {@code standstill init}. */
@Command(
    name = "init",
    header = "Adds Standstill and a first test to the project in the working directory.",
    description = {
      "",
      "Adds to pom.xml, build.gradle.kts or build.gradle what tests on loops need and is missing"
          + " there, leaves the rest as it is, and writes a test that passes.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the project has both now",
      "2:there is no project here, or its build cannot be changed; nothing was written"
    })
final class InitCommand implements Callable<Integer> {

  @Option(names = "--print", description = "Write nothing: show what to add.")
  private boolean print;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "The package of the test. Without it: the group of the project.")
  private @Nullable String packageName;

  InitCommand() {}

  @Override
  public Integer call() throws UsageException {
    Project project = Project.in(Path.of("").toAbsolutePath());
    if (print) {
      System.out.println(project.toPrint());
      return ExitCode.OK;
    }
    try {
      project.init(packageName).forEach(System.out::println);
      return ExitCode.OK;
    } catch (CannotInitException e) {
      throw new UsageException(Objects.requireNonNull(e.getMessage()));
    }
  }
}
