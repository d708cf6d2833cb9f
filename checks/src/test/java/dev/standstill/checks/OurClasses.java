package dev.standstill.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The classes of all modules, and what rules about them are made of. */
final class OurClasses {

  private static final String EVERYWHERE = "dev.standstill..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPaths(
              Repository.MODULES.stream().map(Repository::classesOf).collect(Collectors.toSet()));

  private OurClasses() {}

  /** Fails if one of our classes breaks the rule. A module that has no class yet breaks none. */
  static void obey(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  /** Returns what the rule would report of our classes. */
  static List<String> breaking(ArchRule rule) {
    return rule.evaluate(CLASSES).getFailureReport().getDetails();
  }

  static ArchCondition<JavaClass> seeOursExcept(String... allowed) {
    return dependOnClassesThat(resideOutside(allowed));
  }

  /** Ours, but not in these packages. */
  static DescribedPredicate<JavaClass> resideOutside(String... packages) {
    return resideInAPackage(EVERYWHERE).and(not(resideInAnyPackage(packages)));
  }

  static DescribedPredicate<JavaAccess<?>> calls(String names, Class<?>... owners) {
    return target(owner(belongToAnyOf(owners))).and(target(nameMatching(names)));
  }

  /** These top-level classes and all that is nested in them. */
  static DescribedPredicate<JavaClass> areAmong(Set<String> topLevelNames) {
    return DescribedPredicate.describe(
        "are among " + topLevelNames, javaClass -> topLevelNames.contains(topLevelName(javaClass)));
  }

  private static String topLevelName(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(OurClasses::topLevelName).orElse(javaClass.getName());
  }
}
