package dev.standstill.explore.program;

import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which classes are the program's: all but those of the JDK, of Standstill and of tools for tests,
 * and those in jars of a local repository; and what the user says. Immutable.
 */
public final class ProgramClasses {

  /** What is not to be preempted whatever the user wants: what runs the schedules. */
  private static final Set<String> OURS =
      Set.of(
          "dev/standstill/",
          "dev/standstill/core/",
          "dev/standstill/jdk/",
          "dev/standstill/agent/",
          "dev/standstill/hooks/",
          "dev/standstill/test/",
          "dev/standstill/test/spi/",
          "dev/standstill/explore/",
          "dev/standstill/explore/search/",
          "dev/standstill/explore/program/",
          "dev/standstill/explore/race/",
          "dev/standstill/explore/report/",
          "dev/standstill/explore/shrink/",
          "dev/standstill/junit/",
          "dev/standstill/jdbc/",
          "dev/standstill/cli/",
          "dev/standstill/children/");

  /** Loads the command line, where that lies beside a program, and its libraries. */
  private static final String LOADER_OF_COMMAND_LINE = "standstill";

  private static final List<String> TOOLS =
      List.of(
          "java/",
          "javax/",
          "jdk/",
          "sun/",
          "com/sun/",
          "org/junit/",
          "org/assertj/",
          "org/hamcrest/",
          "org/opentest4j/",
          "org/apiguardian/",
          "org/mockito/",
          "net/bytebuddy/",
          "kotlin/",
          "scala/",
          "groovy/",
          "org/codehaus/groovy/",
          "org/testng/",
          "org/apache/maven/",
          "com/intellij/",
          "org/eclipse/jdt/internal/junit",
          "org/gradle/",
          "org/jacoco/",
          "worker/org/gradle/",
          "org/slf4j/",
          "ch/qos/logback/");

  /** Where Maven, Gradle, Ivy and Coursier keep what they have fetched. */
  private static final Pattern LOCAL_REPOSITORY =
      Pattern.compile("/(\\.m2|\\.gradle|\\.ivy2|\\.ivy|coursier|repository)/");

  private final List<Pattern> included;
  private final List<Pattern> excluded;

  private ProgramClasses(List<Pattern> included, List<Pattern> excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /**
   * What the user says.
   *
   * @param included patterns of names of classes that belong to the program, too; a {@code *}
   *     stands for anything
   * @param excluded patterns of names of classes that do not
   */
  public static ProgramClasses of(List<String> included, List<String> excluded) {
    return new ProgramClasses(patterns(included), patterns(excluded));
  }

  private static List<Pattern> patterns(List<String> globs) {
    return globs.stream()
        .map(glob -> Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q")))
        .toList();
  }

  /** Whether a class, by its internal name, belongs to the program. */
  boolean contain(String type, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
    int slash = type.lastIndexOf('/');
    if (loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || LOADER_OF_COMMAND_LINE.equals(loader.getName())
        || OURS.contains(type.substring(0, slash + 1))) {
      return false;
    }
    String name = type.replace('/', '.');
    if (excluded.stream().anyMatch(pattern -> pattern.matcher(name).matches())) {
      return false;
    }
    return included.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        || TOOLS.stream().noneMatch(type::startsWith) && !isFetched(domain);
  }

  private static boolean isFetched(@Nullable ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return location != null
        && location.getPath().endsWith(".jar")
        && LOCAL_REPOSITORY.matcher(location.getPath()).find();
  }
}
