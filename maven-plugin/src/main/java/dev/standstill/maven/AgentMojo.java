package dev.standstill.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Lets Standstill's agent into the JVMs that run the tests: appends {@code -javaagent:} and the jar
 * of {@code standstill-agent}, which is among the dependencies of the project, to the property
 * {@code argLine}. Surefire and Failsafe read it if the POM does not set their {@code argLine};
 * else that has to begin with <code>@{argLine}</code>. JaCoCo's plugin uses the same property, and
 * it does not matter which of the two comes first.
 *
 * <p>A module without Standstill is left as it is.
 */
@Mojo(
    name = "agent",
    defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
    requiresDependencyResolution = ResolutionScope.TEST,
    threadSafe = true)
public final class AgentMojo extends AbstractMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  /** The property to append the flag to. */
  @Parameter(defaultValue = "argLine", required = true)
  private String propertyName;

  /** Whether to do nothing. */
  @Parameter(property = "maven.standstill.skip", defaultValue = "false")
  private boolean skip;

  /** Called by Maven. */
  public AgentMojo() {}

  @Override
  public void execute() {
    Optional<Path> agent = agent();
    if (skip) {
      getLog().info("Standstill's agent is left out, as maven.standstill.skip says.");
    } else if (agent.isEmpty()) {
      getLog()
          .info("There is no standstill-agent among the dependencies for tests: nothing to do.");
    } else if (ArgumentLine.cannotName(agent.get())) {
      getLog()
          .warn(
              "No flag can name Standstill's agent, because there is a = or a \" in its path (%s). Tests let it in by themselves; move the local repository to be rid of the JVM's warning."
                  .formatted(agent.get()));
    } else {
      letIn(agent.get());
    }
  }

  private Optional<Path> agent() {
    return project.getArtifacts().stream()
        .filter(artifact -> artifact.getGroupId().equals("dev.standstill"))
        .filter(artifact -> artifact.getArtifactId().equals("standstill-agent"))
        .map(Artifact::getFile)
        .map(file -> file.toPath().toAbsolutePath())
        .findFirst();
  }

  private void letIn(Path agent) {
    Properties properties = project.getProperties();
    String line = ArgumentLine.with(properties.getProperty(propertyName), agent);
    properties.setProperty(propertyName, line);
    getLog().info(propertyName + " set to " + line);
    List<String> warnings =
        new TestRuns(project.getBuild().getPlugins(), propertyName)
            .warnings(session.getUserProperties().getProperty(propertyName));
    warnings.forEach(getLog()::warn);
  }
}
