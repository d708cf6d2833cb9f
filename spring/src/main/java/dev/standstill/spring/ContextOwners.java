package dev.standstill.spring;

import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.junit.spi.LoopOwners;
import dev.standstill.test.TestLoop;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.test.context.BootstrapUtils;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Knows the contexts of test classes. JUnit's extension finds it by {@code ServiceLoader}. */
public final class ContextOwners implements LoopOwners {

  /** Boot need not be there. */
  private static final String SPRING_BOOT_TEST =
      "org.springframework.boot.test.context.SpringBootTest";

  private static final Set<String> SERVING = Set.of("RANDOM_PORT", "DEFINED_PORT");

  /** Called by {@code ServiceLoader}. */
  public ContextOwners() {
    PauseListener.keepContextsRunning();
  }

  @Override
  public Optional<LoopOwner> ownerFor(Class<?> testClass) {
    return isOfSpring(testClass)
        ? Optional.of(
            ContextOwner.of(
                BootstrapUtils.resolveTestContextBootstrapper(testClass)
                    .buildMergedContextConfiguration(),
                serves(testClass) && TestLoop.canHaveNetwork()))
        : Optional.empty();
  }

  private static boolean isOfSpring(@Nullable Class<?> testClass) {
    return testClass != null
        && (AnnotationSupport.findRepeatableAnnotations(testClass, ExtendWith.class).stream()
                .flatMap(annotation -> Stream.of(annotation.value()))
                .anyMatch(SpringExtension.class::equals)
            || isOfSpring(testClass.getEnclosingClass()));
  }

  private static boolean serves(Class<?> testClass) {
    return MergedAnnotations.search(MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
        .withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
        .from(testClass)
        .get(SPRING_BOOT_TEST)
        .getValue("webEnvironment")
        .map(Object::toString)
        .filter(SERVING::contains)
        .isPresent();
  }
}
