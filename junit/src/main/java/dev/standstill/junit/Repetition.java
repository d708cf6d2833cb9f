package dev.standstill.junit;

import dev.standstill.test.ReplayToken;
import dev.standstill.test.stage.ParameterNames;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Which run is to be repeated instead of all others: a token, and whose it is. Immutable.
 *
 * @param token as a failure has printed it
 * @param test whose run it is; null if that is not said
 * @param source who says so for more than one test; null if it is the annotation of a test itself
 */
record Repetition(String token, @Nullable String test, @Nullable String source) {

  /** What stands between a token and the name of its test. */
  private static final String OF = "@";

  private static final Namespace NAMESPACE = Namespace.create(Repetition.class);

  /** What the configuration says, else what the annotation does; empty if neither does. */
  static Optional<Repetition> in(ExtensionContext context) {
    return ofAll(context).or(() -> ofAnnotation(context));
  }

  /** What the configuration parameter says for all tests; empty if it is not set. */
  static Optional<Repetition> ofAll(ExtensionContext context) {
    return Configuration.text(context, ParameterNames.REPLAY)
        .map(text -> {
          int end = text.indexOf(OF);
          String place = Configuration.place(ParameterNames.REPLAY, text);
          return end < 0
              ? new Repetition(checked(place, text), null, ParameterNames.REPLAY)
              : new Repetition(
                  checked(place, text.substring(0, end)),
                  text.substring(end + OF.length()).strip(),
                  ParameterNames.REPLAY);
        });
  }

  private static Optional<Repetition> ofAnnotation(ExtensionContext context) {
    String token = Settings.nearest(context, LoopTest.class).map(LoopTest::replay).orElse("");
    boolean isOfMethod =
        context
            .getTestMethod()
            .filter(m -> AnnotationSupport.isAnnotated(m, LoopTest.class))
            .isPresent();
    return Optional.of(token)
        .filter(Predicate.not(String::isEmpty))
        .map(text ->
            new Repetition(
                checked("@LoopTest(replay = \"%s\")".formatted(text), text),
                null,
                isOfMethod ? null : "@LoopTest on " + TestName.ofClass(context)));
  }

  private static String checked(String place, String token) {
    try {
      return ReplayToken.parse(token).toString();
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(
          "%s cannot be repeated: %s".formatted(place, e.getMessage()), e);
    }
  }

  /** Whether the loop of {@code context} may be meant. */
  boolean isFor(ExtensionContext context) {
    return test == null
        || (context.getTestMethod().isPresent()
            ? TestName.of(context).isMeantBy(test)
            : TestName.of(context).bears(test));
  }

  /**
   * Refuses a token for a second test: it is the run of one.
   *
   * @param context that of a test whose loop is opened to repeat the run
   */
  @SuppressWarnings("deprecation") // What replaces it in JUnit 6 is not there in JUnit 5.
  void claimFor(ExtensionContext context) {
    if (source == null) {
      return;
    }
    TestName name = TestName.of(context);
    TestName first =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(source + token, key -> name, TestName.class);
    if (first != null && !name.withoutNumber().equals(first.withoutNumber())) {
      throw new ExtensionConfigurationException(
          "The replay token %s (%s) is the run of one test, and two are to repeat it: %s, which had it first, and %s. Say whose it is, as the failure that printed it does, and no other is run: -D%s=%s%s%s"
              .formatted(token, source, first, name, ParameterNames.REPLAY, token, OF, name));
    }
  }

  /** How to write it, for the run of {@code name}; null if it is that of many tests. */
  static String write(ReplayToken token, @Nullable TestName name) {
    return name == null || !name.isForPeople() ? token.toString() : token + OF + name;
  }
}
