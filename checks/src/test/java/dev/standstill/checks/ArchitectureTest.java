package dev.standstill.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.standstill.checks.OurClasses.obey;
import static dev.standstill.checks.OurClasses.resideOutside;
import static dev.standstill.checks.OurClasses.seeOursExcept;

import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which parts may see which.
 *
 * <p>On the class path, where most tests and programs run, a qualified export holds nobody back; so
 * the arrows are held here. Each rule is also shown a class that breaks it.
 */
class ArchitectureTest {

  private static final String AGENT = "dev.standstill.agent..";
  private static final String PROGRAM = "dev.standstill.agent.program..";
  private static final String HOOKS = "dev.standstill.hooks..";
  private static final String API = "dev.standstill";
  private static final String CORE = "dev.standstill.core..";
  private static final String JDK = "dev.standstill.jdk..";
  private static final String METRICS = "dev.standstill.metrics..";
  private static final String KIT = "dev.standstill.test..";
  private static final String NETWORK = "dev.standstill.network..";
  private static final String NETWORK_API = "dev.standstill.network";
  private static final String TIMELINE = "dev.standstill.timeline..";
  private static final String SOCKETS = "dev.standstill.jdk.sockets..";
  private static final String EXPLORE = "dev.standstill.explore..";
  private static final String CAMPAIGNS = "dev.standstill.campaigns..";
  private static final String JDBC = "dev.standstill.jdbc..";
  private static final String JUNIT = "dev.standstill.junit..";
  private static final String SPRING = "dev.standstill.spring..";
  private static final String KOTLIN = "dev.standstill.kotlin..";
  private static final String JUNIT_4 = "dev.standstill.junit4..";
  private static final String TEST_NG = "dev.standstill.testng..";
  private static final String NETTY = "dev.standstill.netty..";
  private static final String VERTX = "dev.standstill.vertx..";
  private static final String MICROMETER = "dev.standstill.micrometer..";
  private static final String NOTEBOOK = "dev.standstill.notebook..";
  private static final String CLI = "dev.standstill.cli..";
  private static final String MAVEN = "dev.standstill.maven..";
  private static final String EXAMPLES = "dev.standstill.examples..";
  private static final String BENCH = "dev.standstill.bench..";

  @TempDir Path directory;

  @Test
  void theAgentSeesNothingElseOfOurs() {
    ArchRule rule =
        noClasses().that().resideInAnyPackage(AGENT, HOOKS).should(seeOursExcept(AGENT, HOOKS));

    obey(rule);
    PlantedClass.seeing("dev.standstill.agent", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void theLoopSeesOnlyTheAgent() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(API, CORE, JDK, METRICS)
            .should(seeOursExcept(API, CORE, JDK, METRICS, AGENT));

    obey(rule);
    PlantedClass.seeing("dev.standstill", "dev.standstill.test", directory).breaks(rule);
  }

  @Test
  void insideTheLoopTheCoreDoesNotSeeTheApi() {
    ArchRule rule =
        noClasses().that().resideInAPackage(CORE).should(seeOursExcept(CORE, JDK, AGENT));

    obey(rule);
    PlantedClass.seeing("dev.standstill.core", "dev.standstill", directory).breaks(rule);
  }

  @Test
  void insideTheLoopMetricsSeeTheApiAndTheCoreAndNobodySeesThem() {
    ArchRule rule =
        noClasses().that().resideInAPackage(METRICS).should(seeOursExcept(METRICS, API, CORE));
    ArchRule seen =
        noClasses()
            .that()
            .resideInAnyPackage(API, CORE, JDK)
            .should(dependOnClassesThat(resideInAPackage(METRICS)));

    obey(rule);
    obey(seen);
    PlantedClass.seeing("dev.standstill.metrics", "dev.standstill.jdk", directory).breaks(rule);
    PlantedClass.seeing("dev.standstill", "dev.standstill.metrics", directory).breaks(seen);
  }

  @Test
  void insideTheLoopTheJdkPackageSeesNeitherCoreNorApi() {
    ArchRule rule = noClasses().that().resideInAPackage(JDK).should(seeOursExcept(JDK, AGENT));

    obey(rule);
    PlantedClass.seeing("dev.standstill.jdk", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void theKitSeesOnlyTheLoopButNotItsJdkPackage() {
    ArchRule rule = noClasses().that().resideInAPackage(KIT).should(seeOursExcept(KIT, API, CORE));

    obey(rule);
    PlantedClass.seeing("dev.standstill.test", "dev.standstill.jdk", directory).breaks(rule);
  }

  @Test
  void explorationSeesOnlyTheKitTheLoopsApiAndItsCore() {
    ArchRule rule =
        noClasses().that().resideInAPackage(EXPLORE).should(seeOursExcept(EXPLORE, KIT, API, CORE));

    obey(rule);
    PlantedClass.seeing("dev.standstill.explore", "dev.standstill.jdk", directory).breaks(rule);
  }

  @Test
  void networksSeeOnlyTheKitTheLoopsCoreAndWhatTheJdksSocketsAsk() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(NETWORK)
            .should(seeOursExcept(NETWORK, KIT, API, CORE, SOCKETS));

    obey(rule);
    PlantedClass.seeing("dev.standstill.network", "dev.standstill.jdk", directory).breaks(rule);
  }

  @Test
  void timelinesSeeOnlyTheKit() {
    ArchRule rule =
        noClasses().that().resideInAPackage(TIMELINE).should(seeOursExcept(TIMELINE, KIT));

    obey(rule);
    PlantedClass.seeing("dev.standstill.timeline", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void campaignsSeeOnlyExplorationTimelinesAndTheKit() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(CAMPAIGNS)
            .should(seeOursExcept(CAMPAIGNS, EXPLORE, TIMELINE, KIT));

    obey(rule);
    PlantedClass.seeing("dev.standstill.campaigns", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void insideNetworksTheKernelDoesNotSeeTheApi() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.standstill.network.kernel..")
            .should(seeOursExcept("dev.standstill.network.kernel..", SOCKETS));

    obey(rule);
    PlantedClass.seeing("dev.standstill.network.kernel", "dev.standstill.network", directory)
        .breaks(rule);
  }

  @Test
  void theKitSeesNeitherExplorationNorNetworksNorTimelines() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(KIT)
            .should(dependOnClassesThat(resideInAnyPackage(EXPLORE, NETWORK, TIMELINE, CAMPAIGNS)));

    obey(rule);
    PlantedClass.seeing("dev.standstill.test", "dev.standstill.explore", directory).breaks(rule);
    PlantedClass.seeing("dev.standstill.test", "dev.standstill.network", directory).breaks(rule);
  }

  @Test
  void theDataSourceSeesOnlyTheLoopsApi() {
    ArchRule rule = noClasses().that().resideInAPackage(JDBC).should(seeOursExcept(JDBC, API));

    obey(rule);
    PlantedClass.seeing("dev.standstill.jdbc", "dev.standstill.test", directory).breaks(rule);
  }

  @Test
  void theJUnitExtensionSeesOnlyExplorationTheKitTheLoopsApiAndTheAgent() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(JUNIT)
            .should(seeOursExcept(JUNIT, EXPLORE, CAMPAIGNS, NETWORK, TIMELINE, KIT, API, AGENT));

    obey(rule);
    PlantedClass.seeing("dev.standstill.junit", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void theSpringModuleSeesOnlyTheJUnitExtensionTheKitTheDataSourceAndTheLoopsApi() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(SPRING)
            .should(seeOursExcept(SPRING, JUNIT, KIT, JDBC, API));

    obey(rule);
    PlantedClass.seeing("dev.standstill.spring", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void theModulesForOtherFrameworksSeeOnlyTheKitTheLoopsApiAndTheAgent() {
    for (String framework : List.of(JUNIT_4, TEST_NG)) {
      ArchRule rule =
          noClasses()
              .that()
              .resideInAPackage(framework)
              .should(seeOursExcept(framework, KIT, API, AGENT));

      obey(rule);
    }
    PlantedClass.seeing("dev.standstill.testng", "dev.standstill.core", directory)
        .breaks(
            noClasses()
                .that()
                .resideInAPackage(TEST_NG)
                .should(seeOursExcept(TEST_NG, KIT, API, AGENT)));
  }

  @Test
  void hostsSeeOnlyTheLoopsApi() {
    for (String host : List.of(NETTY, VERTX)) {
      ArchRule rule = noClasses().that().resideInAPackage(host).should(seeOursExcept(host, API));

      obey(rule);
    }
    PlantedClass.seeing("dev.standstill.netty", "dev.standstill.core", directory)
        .breaks(noClasses().that().resideInAPackage(NETTY).should(seeOursExcept(NETTY, API)));
  }

  @Test
  void coroutinesSeeOnlyTheKitAndTheLoopsApi() {
    ArchRule rule =
        noClasses().that().resideInAPackage(KOTLIN).should(seeOursExcept(KOTLIN, KIT, API));

    obey(rule);
    PlantedClass.seeing("dev.standstill.kotlin", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void metersSeeOnlyTheLoopsApiAndItsMetrics() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(MICROMETER)
            .should(seeOursExcept(MICROMETER, METRICS, API));

    obey(rule);
    PlantedClass.seeing("dev.standstill.micrometer", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void notebooksSeeOnlyTheJUnitExtensionExplorationTheKitAndTheLoopsApi() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(NOTEBOOK)
            .should(seeOursExcept(NOTEBOOK, JUNIT, EXPLORE, TIMELINE, KIT, API));

    obey(rule);
    PlantedClass.seeing("dev.standstill.notebook", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void insideNotebooksTheApiDoesNotSeeTheKernel() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.standstill.notebook")
            .should(
                dependOnClassesThat(
                    resideInAnyPackage(
                        "dev.standstill.notebook.kernel..",
                        "dev.standstill.notebook.jjava..",
                        "org.dflib..")));

    obey(rule);
    PlantedClass.seeing("dev.standstill.notebook", "dev.standstill.notebook.kernel", directory)
        .breaks(rule);
  }

  @Test
  void
      theCommandLineSeesOnlyExplorationTheKitTheNetworkTheLoopsApiAndTheProgramThatTheAgentTells() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(CLI)
            .should(
                seeOursExcept(CLI, EXPLORE, CAMPAIGNS, TIMELINE, KIT, NETWORK_API, API, PROGRAM));

    obey(rule);
    PlantedClass.seeing("dev.standstill.cli", "dev.standstill.core", directory).breaks(rule);
  }

  /** It runs in Maven's JVM, which may be too old for all others. */
  @Test
  void theMavenPluginSeesNothingElseOfOurs() {
    ArchRule rule = noClasses().that().resideInAPackage(MAVEN).should(seeOursExcept(MAVEN));

    obey(rule);
    PlantedClass.seeing("dev.standstill.maven", "dev.standstill.cli", directory).breaks(rule);
  }

  @Test
  void examplesSeeOnlyWhatTheirReadersMay() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(EXAMPLES)
            .should(
                seeOursExcept(
                    EXAMPLES,
                    EXPLORE,
                    NETWORK,
                    KIT,
                    JUNIT,
                    SPRING,
                    JDBC,
                    NETTY,
                    VERTX,
                    MICROMETER,
                    METRICS,
                    API));

    obey(rule);
    PlantedClass.seeing("dev.standstill.examples", "dev.standstill.core", directory).breaks(rule);
  }

  @Test
  void nobodySeesNotebooksTheCommandLineTheMavenPluginTheExamplesOrTheBenchmarks() {
    ArchRule rule =
        noClasses()
            .that(resideOutside(NOTEBOOK, CLI, MAVEN, EXAMPLES, BENCH))
            .should(dependOnClassesThat(resideInAnyPackage(NOTEBOOK, CLI, MAVEN, EXAMPLES, BENCH)));

    obey(rule);
    PlantedClass.seeing("dev.standstill.test", "dev.standstill.cli", directory).breaks(rule);
  }
}
