package dev.standstill.maven;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Runs a program of the project again and again, in another order of its threads each time, until
 * it fails: {@code mvn standstill:explore -Dstandstill.program=com.example.Shop}. Compiles the
 * project first. The build fails if a schedule fails, which is shown with the command that repeats
 * it.
 */
@Mojo(name = "explore", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
@Execute(phase = LifecyclePhase.TEST_COMPILE)
public final class ExploreMojo extends ProgramMojo {

  /** What the command line prints for those who have its script. */
  private static final Pattern REPETITION = Pattern.compile("\\S*standstill replay (\\S+) (.*)");

  /**
   * Called by Maven.
   *
   * @param toolchains the JDKs that the user has named
   */
  @Inject
  public ExploreMojo(ToolchainManager toolchains) {
    super(toolchains);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    run(List.of("explore"), this::forMaven);
  }

  private String forMaven(String line) {
    Matcher repetition = REPETITION.matcher(line);
    return repetition.find()
        ? line.substring(0, repetition.start())
            + replayGoal(repetition.group(1), repetition.group(2))
        : line;
  }
}
