package dev.standstill.notebook;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Picks the test methods whose class, method, or both with a dot between match a pattern. */
final class NameFilter implements PostDiscoveryFilter {

  private final Pattern pattern;

  /**
   * @param pattern in which {@code *} stands for any characters, and {@code |} separates
   *     alternatives
   */
  NameFilter(String pattern) {
    this.pattern =
        Pattern.compile(
            Stream.of(pattern.split("\\|", -1))
                .map(NameFilter::withStars)
                .collect(Collectors.joining("|")));
  }

  private static String withStars(String pattern) {
    return Stream.of(pattern.strip().split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  @Override
  public FilterResult apply(TestDescriptor descriptor) {
    Optional<MethodSource> method =
        descriptor.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    return FilterResult.includedIf(
        method.isEmpty()
            ? descriptor.isContainer()
            : matches(method.get()) && !ForgottenTests.contains(method.get().getJavaMethod()));
  }

  boolean matches(MethodSource method) {
    return matches(method.getJavaClass(), method.getMethodName());
  }

  boolean matches(Class<?> type, String method) {
    String className = CellClasses.nameOf(type);
    return Stream.of(className, method, className + "." + method)
        .anyMatch(name -> pattern.matcher(name).matches());
  }

  /** Whether the class itself is named. */
  boolean matches(Class<?> type) {
    return pattern.matcher(CellClasses.nameOf(type)).matches();
  }
}
