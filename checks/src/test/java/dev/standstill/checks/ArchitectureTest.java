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
      Map.of(
          "dev.standstill.core.TaskTable",
          "finds tasks by thread; lists them sorted by number",
          "dev.standstill.core.UnobservedFailures",
          "any thread adds and removes; they are taken sorted by number");

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

  private static final ArchCondition<JavaClass> USE_UNORDERED_COLLECTIONS =
      dependOnClassesThat(
              belongToAnyOf(
                  HashMap.class,
                  HashSet.class,
                  IdentityHashMap.class,
                  WeakHashMap.class,
                  ConcurrentHashMap.class))
          .or(accessTargetWhere(calls("of|ofEntries|copyOf", Map.class, Set.class)))
          .or(
              accessTargetWhere(
                  calls(
                      "to(Unmodifiable)?(Set|Map)|toConcurrentMap|groupingBy.*",
                      Collectors.class)));

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
    DescribedPredicate<JavaAccess<?>> opening =
        target(owner(assignableTo(AccessibleObject.class)))
            .and(target(nameMatching("setAccessible|trySetAccessible")));
    ArchRule rule =
        noClasses()
            .that(resideOutside(JDK, AGENT))
            .should(accessTargetWhere(opening))
            .orShould(accessTargetWhere(calls("privateLookupIn", MethodHandles.class)))
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
            .and(not(assignableTo(Throwable.class)))
            .should(
                accessTargetWhere(
                    calls("<init>", Exception.class, RuntimeException.class, Error.class)));

    holds(rule);
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.core", "void fail() { throw new RuntimeException(); }", directory));
  }

  @Test
  void whatDecidesASchedulesOrderKeepsNothingUnordered() {
    ArchRule rule =
        noClasses()
            .that(resideInAnyPackage(KIT, CORE))
            .and(areNotNamed(UNORDERED_ALLOWED))
            .should(USE_UNORDERED_COLLECTIONS)
            .because("an order that depends on hash codes differs from one JVM to the next");

    holds(rule);
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.test", "Object tasks = java.util.Set.of(1, 2);", directory));
    reports(
        rule,
        PlantedClass.with(
            "dev.standstill.core", "Object tasks = new java.util.HashMap<>();", directory));
  }

  @Test
  void everyAllowanceIsStillNeeded() {
    for (String name : UNORDERED_ALLOWED.keySet()) {
      reports(noClasses().that(haveTopLevelName(name)).should(USE_UNORDERED_COLLECTIONS), CLASSES);
    }
    for (String name : PRINTING_ALLOWED.keySet()) {
      reports(noClasses().that(haveTopLevelName(name)).should(ACCESS_STANDARD_STREAMS), CLASSES);
    }
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

  private static DescribedPredicate<JavaAccess<?>> calls(String names, Class<?>... owners) {
    return target(owner(belongToAnyOf(owners))).and(target(nameMatching(names)));
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

  private static DescribedPredicate<JavaClass> haveTopLevelName(String name) {
    return DescribedPredicate.describe(
        "are " + name, javaClass -> topLevelName(javaClass).equals(name));
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
        .as("what is reported by: " + rule.getDescription())
        .isNotEmpty();
  }
}
