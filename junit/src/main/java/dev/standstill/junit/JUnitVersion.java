package dev.standstill.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Which JUnit is on the class path. */
final class JUnitVersion {

  /** New in JUnit 5.12; it tells extensions when the instance of a test is made. */
  private static final String NEEDED =
      "org.junit.jupiter.api.extension.TestInstantiationAwareExtension";

  private static final boolean SUPPORTED = isPresent(NEEDED);

  private JUnitVersion() {}

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, JUnitVersion.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Whether tests can run on loops with it. */
  static boolean isSupported() {
    return SUPPORTED;
  }

  /** Throws if it is too old for loops. */
  static void require() {
    if (!SUPPORTED) {
      throw new ExtensionConfigurationException(
          "Tests on loops need JUnit 5.12 or later, 6 included; on the class path is JUnit %s. Raise the version of junit-jupiter, or of the junit-bom."
              .formatted(present()));
    }
  }

  private static String present() {
    return Optional.ofNullable(ExtensionContext.class.getPackage().getImplementationVersion())
        .orElse("of an unknown version");
  }
}
