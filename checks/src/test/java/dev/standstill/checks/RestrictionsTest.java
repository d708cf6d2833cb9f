package dev.standstill.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static dev.standstill.checks.OurClasses.areAmong;
import static dev.standstill.checks.OurClasses.breaking;
import static dev.standstill.checks.OurClasses.calls;
import static dev.standstill.checks.OurClasses.obey;
import static dev.standstill.checks.OurClasses.resideOutside;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
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

/** What only some parts may do, and what nobody may. Each rule is shown a class that breaks it. */
class RestrictionsTest {

  private static final String AGENT = "dev.standstill.agent..";
  private static final String CORE = "dev.standstill.core..";
  private static final String JDK = "dev.standstill.jdk..";
  private static final String KIT = "dev.standstill.test..";
  private static final String CLI = "dev.standstill.cli..";
  private static final String EXAMPLES = "dev.standstill.examples..";

  /** Kotlin says itself what may be null. */
  private static final String KOTLIN = "dev.standstill.kotlin..";

  private static final String BENCH = "dev.standstill.bench..";

  /** Classes that may keep something in no particular order, each with its reason. */
  private static final Map<String, String> UNORDERED_ALLOWED =
      Map.of(
          "dev.standstill.core.CausedByInterrupt",
          "knows which exceptions it has looked at",
          "dev.standstill.core.TaskSight",
          "finds tasks by what others wait for; keeps the order of the tasks",
          "dev.standstill.core.TaskTable",
          "finds tasks by thread; lists them sorted by number",
          "dev.standstill.core.UnobservedFailures",
          "any thread adds and removes; they are taken sorted by number",
          "dev.standstill.test.ObjectNames",
          "names objects by identity; numbers them in the order of the tasks",
          "dev.standstill.test.stage.StackTraces",
          "knows which exceptions it has looked at");

  /** Classes outside the command line, the examples and the benchmarks that may print. */
  private static final Map<String, String> PRINTING_ALLOWED =
      Map.of(
          "dev.standstill.agent.Bootstrap",
          "says that the JVM is too old",
          "dev.standstill.agent.Launcher",
          "starts the command line, and says why it cannot",
          "dev.standstill.agent.SelfAttach",
          "its main is the helper process, which tells the JVM that started it what went wrong",
          "dev.standstill.maven.ProgramMojo",
          "passes on what the JVM of the program prints",
          "dev.standstill.notebook.CapturedOutput",
          "takes what tests print, to show it with the test",
          "dev.standstill.notebook.kernel.Install",
          "a command, which says what it has done",
          "dev.standstill.notebook.kernel.Cells",
          "what a cell should know is printed below it",
          "dev.standstill.test.suite.SuiteReport",
          "the report of a suite is for who runs it");

  /** Classes outside the JDK package and the agent that may reach what is not public. */
  private static final Map<String, String> OPENING_ALLOWED =
      Map.of(
          "dev.standstill.bench.FloorTasks",
          "what is compared with loops must not lean on their code",
          "dev.standstill.jdbc.dialect.H2Clock",
          "H2 has no way to read the clock again within a transaction",
          "dev.standstill.network.CopiedProgram",
          "a lambda of a test is private, and a host makes it anew in classes of its own",
          "dev.standstill.test.IsolatedCode",
          "the class that isolated code begins with need not be public",
          "dev.standstill.test.spi.MainMethod",
          "the main method of a program, and its class, need not be public");

  private static final ArchCondition<JavaClass> LIVE_IN_A_NULL_MARKED_PACKAGE =
      new ArchCondition<>("live in a package marked @NullMarked in its package-info.java") {
        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
          if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
            events.add(violated(javaClass, javaClass.getName() + " does not"));
          }
        }
      };

  private static final DescribedPredicate<JavaAccess<?>> OPENING =
      target(owner(assignableTo(AccessibleObject.class)))
          .and(target(nameMatching("setAccessible|trySetAccessible")));

  private static final ArchCondition<JavaClass> BREAK_INTO_OTHER_CLASSES =
      accessTargetWhere(OPENING)
          .or(accessTargetWhere(calls("privateLookupIn", MethodHandles.class)))
          .or(dependOnClassesThat(belongToAnyOf(Instrumentation.class)));

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
  void onlyTheJdkPackageAndTheAgentBreakIntoOtherClasses() {
    ArchRule rule =
        noClasses()
            .that(resideOutside(JDK, AGENT))
            .and(not(areAmong(OPENING_ALLOWED.keySet())))
            .should(BREAK_INTO_OTHER_CLASSES);

    obey(rule);
    PlantedClass.with(
            "dev.standstill.test",
            "void open(java.lang.reflect.Method method) { method.setAccessible(true); }",
            directory)
        .breaks(rule);
  }

  @Test
  void onlyProgramsPrint() {
    ArchRule rule =
        noClasses()
            .that(resideOutside(CLI, EXAMPLES, BENCH))
            .and(not(areAmong(PRINTING_ALLOWED.keySet())))
            .should(ACCESS_STANDARD_STREAMS);

    obey(rule);
    PlantedClass.with("dev.standstill.core", "void print() { System.err.println(); }", directory)
        .breaks(rule);
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

    obey(rule);
    PlantedClass.with(
            "dev.standstill.core", "void fail() { throw new RuntimeException(); }", directory)
        .breaks(rule);
  }

  @Test
  void whatDecidesASchedulesOrderKeepsNothingUnordered() {
    ArchRule rule =
        noClasses()
            .that(resideInAnyPackage(KIT, CORE))
            .and(not(areAmong(UNORDERED_ALLOWED.keySet())))
            .should(USE_UNORDERED_COLLECTIONS)
            .because("an order that depends on hash codes differs from one JVM to the next");

    obey(rule);
    PlantedClass.with("dev.standstill.test", "Object tasks = java.util.Set.of(1, 2);", directory)
        .breaks(rule);
    PlantedClass.with("dev.standstill.core", "Object tasks = new java.util.HashMap<>();", directory)
        .breaks(rule);
  }

  @Test
  void everyAllowanceIsStillNeeded() {
    for (String name : UNORDERED_ALLOWED.keySet()) {
      assertThat(
              breaking(noClasses().that(areAmong(Set.of(name))).should(USE_UNORDERED_COLLECTIONS)))
          .as(name)
          .isNotEmpty();
    }
    for (String name : OPENING_ALLOWED.keySet()) {
      assertThat(
              breaking(noClasses().that(areAmong(Set.of(name))).should(BREAK_INTO_OTHER_CLASSES)))
          .as(name)
          .isNotEmpty();
    }
    for (String name : PRINTING_ALLOWED.keySet()) {
      assertThat(breaking(noClasses().that(areAmong(Set.of(name))).should(ACCESS_STANDARD_STREAMS)))
          .as(name)
          .isNotEmpty();
    }
  }

  @Test
  void everyPackageIsNullMarked() {
    ArchRule rule = classes().that(resideOutside(KOTLIN)).should(LIVE_IN_A_NULL_MARKED_PACKAGE);

    obey(rule);
    PlantedClass.with("dev.standstill.unmarked", "", directory).breaks(rule);
  }
}
