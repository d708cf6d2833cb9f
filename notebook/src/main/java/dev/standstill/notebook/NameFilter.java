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
   * @param pattern in which {@code *} stands for any characters
   */
  NameFilter(String pattern) {
    this.pattern =
        Pattern.compile(
            Stream.of(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
  }

  @Override
  public FilterResult apply(TestDescriptor descriptor) {
    Optional<MethodSource> method =
        descriptor.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    return FilterResult.includedIf(
        method.isEmpty() ? descriptor.isContainer() : matches(method.get()));
  }

  private boolean matches(MethodSource method) {
    String className = CellClasses.nameOf(method.getJavaClass());
    return Stream.of(className, method.getMethodName(), className + "." + method.getMethodName())
        .anyMatch(name -> pattern.matcher(name).matches());
  }
}
