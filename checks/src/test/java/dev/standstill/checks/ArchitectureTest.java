package dev.standstill.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which parts may see which, and what only some of them may do.
 *
 * <p>On the class path, where most tests and programs run, a qualified export holds nobody back; so
 * the arrows are held here. Each rule is also shown a class that breaks it.
 */
class ArchitectureTest {

  private static final String AGENT = "dev.standstill.agent..";
  private static final String HOOKS = "dev.standstill.hooks..";
  private static final String API = "dev.standstill";
  private static final String CORE = "dev.standstill.core..";
  private static final String JDK = "dev.standstill.jdk..";
  private static final String KIT = "dev.standstill.test..";
  private static final String EXPLORE = "dev.standstill.test.explore..";
  private static final String REPORT = "dev.standstill.test.report..";
  private static final String CLI = "dev.standstill.cli..";
  private static final String EXAMPLES = "dev.standstill.examples..";
  private static final String BENCH = "dev.standstill.bench..";

  /** Classes that may keep something in no particular order, each with its reason. */
  private static final Map<String, String> UNORDERED_ALLOWED =
      Map.of("dev.standstill.core.TaskTable", "finds tasks by thread; lists them sorted by number");

  /** Classes outside the command line, the examples and the benchmarks that may print. */
  private static final Map<String, String> PRINTING_ALLOWED =
      Map.of(
          "dev.standstill.agent.SelfAttach",
          "its main is the helper process, which tells the JVM that started it what went wrong");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPaths(
              Repository.MODULES.stream().map(Repository::classesOf).collect(Collectors.toSet()));

  private static final ArchCondition<JavaClass> LIVE_IN_A_NULL_MARKED_PACKAGE =
      new ArchCondition<>("live in a package marked @NullMarked in its package-info.java") {
        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
          if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
            events.add(violated(javaClass, javaClass.getName() + " does not"));
          }
        }
      };

  @TempDir Path directory;

  @Test
  void theAgentSeesNothingElseOfOurs() {
    ArchRule rule =
        noClasses().that().resideInAnyPackage(AGENT, HOOKS).should(seeOursExcept(AGENT, HOOKS));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.agent", "dev.standstill.core", directory));
  }

  @Test
  void theLoopSeesOnlyTheAgent() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(API, CORE, JDK)
            .should(seeOursExcept(API, CORE, JDK, AGENT));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill", "dev.standstill.test", directory));
  }

  @Test
  void insideTheLoopTheCoreDoesNotSeeTheApi() {
    ArchRule rule =
        noClasses().that().resideInAPackage(CORE).should(seeOursExcept(CORE, JDK, AGENT));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.core", "dev.standstill", directory));
  }

  @Test
  void insideTheLoopTheJdkPackageSeesNeitherCoreNorApi() {
    ArchRule rule = noClasses().that().resideInAPackage(JDK).should(seeOursExcept(JDK, AGENT));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.jdk", "dev.standstill.core", directory));
  }

  @Test
  void theKitSeesOnlyTheLoopButNotItsJdkPackage() {
    ArchRule rule = noClasses().that().resideInAPackage(KIT).should(seeOursExcept(KIT, API, CORE));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.test", "dev.standstill.jdk", directory));
  }

  @Test
  void insideTheKitTheTestLoopSeesNeitherExplorationNorReports() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.standstill.test")
            .should(dependOnClassesThat(resideInAnyPackage(EXPLORE, REPORT)));

    holds(rule);
    reports(
        rule, PlantedClass.seeing("dev.standstill.test", "dev.standstill.test.report", directory));
  }

  @Test
  void insideTheKitExplorationAndReportsDoNotSeeEachOther() {
    ArchRule rule =
        noClasses().that().resideInAPackage(EXPLORE).should().dependOnClassesThat(in(REPORT));
    ArchRule reverse =
        noClasses().that().resideInAPackage(REPORT).should().dependOnClassesThat(in(EXPLORE));

    holds(rule);
    holds(reverse);
    reports(
        rule,
        PlantedClass.seeing(
            "dev.standstill.test.explore", "dev.standstill.test.report", directory));
  }

  @Test
  void theCommandLineSeesOnlyTheKitAndTheLoopsApi() {
    ArchRule rule = noClasses().that().resideInAPackage(CLI).should(seeOursExcept(CLI, KIT, API));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.cli", "dev.standstill.core", directory));
  }

  @Test
  void examplesSeeOnlyWhatTheirReadersMay() {
    ArchRule rule =
        noClasses().that().resideInAPackage(EXAMPLES).should(seeOursExcept(EXAMPLES, KIT, API));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.examples", "dev.standstill.core", directory));
  }

  @Test
  void nobodySeesTheCommandLineTheExamplesOrTheBenchmarks() {
    ArchRule rule =
        noClasses()
            .that(resideOutside(CLI, EXAMPLES, BENCH))
            .should(dependOnClassesThat(resideInAnyPackage(CLI, EXAMPLES, BENCH)));

    holds(rule);
    reports(rule, PlantedClass.seeing("dev.standstill.test", "dev.standstill.cli", directory));
  }

  @Test
  void onlyTheJdkPackageAndTheAgentBreakIntoOtherClasses() {
    DescribedPredicate<JavaAccess<?>> accessible =
        target(owner(assignableTo(AccessibleObject.class)))
            .and(target(nameMatching("setAccessible|trySetAccessible")));
    DescribedPredicate<JavaAccess<?>> privateLookup =
        target(owner(assignableTo(MethodHandles.class)))
            .and(target(nameMatching("privateLookupIn")));
    ArchRule rule =
        noClasses()
            .that(resideOutside(JDK, AGENT))
            .should(accessTargetWhere(accessible))
            .orShould(accessTargetWhere(privateLookup))
            .orShould(dependOnClassesThat(belongToAnyOf(Instrumentation.class)));

    holds(rule);
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.test",
            "void open(java.lang.reflect.Method method) { method.setAccessible(true); }",
            directory));
  }

  @Test
  void onlyProgramsPrint() {
    ArchRule rule =
        noClasses()
            .that(resideOutside(CLI, EXAMPLES, BENCH))
            .and(areNotNamed(PRINTING_ALLOWED))
            .should(ACCESS_STANDARD_STREAMS);

    holds(rule);
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.core", "void print() { System.err.println(); }", directory));
  }

  @Test
  void nobodyThrowsAnExceptionThatNamesNothing() {
    ArchRule rule =
        noClasses()
            .that(resideOutside(EXAMPLES, BENCH))
            .should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS);

    holds(rule);
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.core", "void fail() { throw new RuntimeException(); }", directory));
  }

  @Test
  void whatDecidesASchedulesOrderKeepsNothingUnordered() {
    DescribedPredicate<JavaAccess<?>> unorderedCollections =
        target(owner(belongToAnyOf(Map.class, Set.class)))
            .and(target(nameMatching("of|ofEntries|copyOf")));
    DescribedPredicate<JavaAccess<?>> unorderedCollectors =
        target(owner(belongToAnyOf(Collectors.class)))
            .and(target(nameMatching("to(Unmodifiable)?(Set|Map)|toConcurrentMap|groupingBy.*")));
    ArchRule rule =
        noClasses()
            .that(resideInAnyPackage(KIT, CORE))
            .and(areNotNamed(UNORDERED_ALLOWED))
            .should(
                dependOnClassesThat(
                    belongToAnyOf(
                        HashMap.class,
                        HashSet.class,
                        IdentityHashMap.class,
                        WeakHashMap.class,
                        ConcurrentHashMap.class)))
            .orShould(accessTargetWhere(unorderedCollections))
            .orShould(accessTargetWhere(unorderedCollectors))
            .because("an order that depends on hash codes differs from one JVM to the next");

    holds(rule);
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.test", "Object tasks = java.util.Set.of(1, 2);", directory));
  }

  @Test
  void everyPackageIsNullMarked() {
    ArchRule rule = classes().should(LIVE_IN_A_NULL_MARKED_PACKAGE);

    holds(rule);
    reports(rule, PlantedClass.with("dev.standstill.unmarked", "", directory));
  }

  private static ArchCondition<JavaClass> seeOursExcept(String... allowed) {
    return dependOnClassesThat(in("dev.standstill..").and(not(resideInAnyPackage(allowed))));
  }

  private static DescribedPredicate<JavaClass> in(String packageName) {
    return resideInAPackage(packageName);
  }

  /** Only ours: what a planted class or an import brings along is nobody's concern. */
  private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
    return in("dev.standstill..").and(not(resideInAnyPackage(packages)));
  }

  private static DescribedPredicate<JavaClass> areNotNamed(Map<String, String> allowed) {
    return DescribedPredicate.describe(
        "are not " + allowed.keySet(), javaClass -> !allowed.containsKey(topLevelName(javaClass)));
  }

  private static String topLevelName(JavaClass javaClass) {
    return javaClass
        .getEnclosingClass()
        .map(ArchitectureTest::topLevelName)
        .orElse(javaClass.getName());
  }

  /** A module that has no class yet breaks no rule. */
  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static void reports(ArchRule rule, JavaClasses planted) {
    assertThat(rule.evaluate(planted).getFailureReport().getDetails())
        .as("what the rule reports of the planted class")
        .isNotEmpty();
  }
}
