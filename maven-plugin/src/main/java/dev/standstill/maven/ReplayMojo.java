package dev.standstill.maven;

import java.util.List;
import java.util.function.UnaryOperator;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Runs a program of the project under the schedule of a token that the goal {@code explore} has
 * printed. Compiles the project first.
 */
@Mojo(name = "replay", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
@Execute(phase = LifecyclePhase.TEST_COMPILE)
public final class ReplayMojo extends ProgramMojo {

  /** The token. */
  @Parameter(property = "standstill.token", required = true)
  private String token;

  /**
   * Called by Maven.
   *
   * @param toolchains the JDKs that the user has named
   */
  @Inject
  public ReplayMojo(ToolchainManager toolchains) {
    super(toolchains);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    run(List.of("replay", token), UnaryOperator.identity());
  }
}
