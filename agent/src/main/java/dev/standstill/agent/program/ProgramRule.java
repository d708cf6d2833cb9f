package dev.standstill.agent.program;

import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which classes are the program's unless the user says otherwise: all but those of the JDK, of
 * Standstill and of tools for tests, and those in jars of a local repository. The one place that
 * says so. Any thread may call.
 */
public final class ProgramRule {

  /** What is never the program's, whatever the user wants: what runs the schedules. */
  private static final Set<String> OURS =
      Set.of(
          "dev/standstill/",
          "dev/standstill/core/",
          "dev/standstill/jdk/",
          "dev/standstill/jdk/sockets/",
          "dev/standstill/network/",
          "dev/standstill/network/kernel/",
          "dev/standstill/timeline/",
          "dev/standstill/agent/",
          "dev/standstill/agent/program/",
          "dev/standstill/hooks/",
          "dev/standstill/test/",
          "dev/standstill/test/spi/",
          "dev/standstill/test/stage/",
          "dev/standstill/test/suite/",
          "dev/standstill/explore/",
          "dev/standstill/explore/search/",
          "dev/standstill/explore/program/",
          "dev/standstill/explore/race/",
          "dev/standstill/explore/kept/",
          "dev/standstill/explore/report/",
          "dev/standstill/explore/shrink/",
          "dev/standstill/campaigns/",
          "dev/standstill/junit/",
          "dev/standstill/junit4/",
          "dev/standstill/testng/",
          "dev/standstill/jdbc/",
          "dev/standstill/cli/",
          "dev/standstill/children/");

  /** Names the loader of the command line, where that lies beside a program, and its libraries. */
  public static final String LOADER_OF_COMMAND_LINE = "standstill";

  private static final List<String> TOOLS =
      List.of(
          "java/",
          "javax/",
          "jdk/",
          "sun/",
          "com/sun/",
          "org/junit/",
          "org/testng/",
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
          "org/springframework/boot/loader/",
          "ch/qos/logback/");

  /** Where Maven, Gradle, Ivy and Coursier keep what they have fetched. */
  private static final Pattern LOCAL_REPOSITORY =
      Pattern.compile("/(\\.m2|\\.gradle|\\.ivy2|\\.ivy|coursier|repository)/");

  private ProgramRule() {}

  /** Whether a class, by its internal name, is the program's. */
  public static boolean isOfProgram(
      String type, @Nullable ClassLoader loader, @Nullable ProtectionDomain domain) {
    return canBeOfProgram(type, loader) && !isOfTools(type) && !isFetched(domain);
  }

  /** Whether a class, by its internal name, may be the program's if the user says so. */
  public static boolean canBeOfProgram(String type, @Nullable ClassLoader loader) {
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && !LOADER_OF_COMMAND_LINE.equals(loader.getName())
        && !isOurs(type);
  }

  /** Whether a class may be the program's, as far as its internal name tells. */
  public static boolean isNamedAsOfProgram(String type) {
    return !isOfTools(type) && !isOurs(type);
  }

  /** Whether a class file that was found there is in a jar of a local repository. */
  public static boolean isFetched(URL classFile) {
    String path = classFile.getPath();
    return path.contains(".jar!/") && LOCAL_REPOSITORY.matcher(path).find();
  }

  private static boolean isOurs(String type) {
    return OURS.contains(type.substring(0, type.lastIndexOf('/') + 1));
  }

  private static boolean isOfTools(String type) {
    for (String tool : TOOLS) {
      if (type.startsWith(tool)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFetched(@Nullable ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return location != null
        && location.getPath().endsWith(".jar")
        && LOCAL_REPOSITORY.matcher(location.getPath()).find();
  }
}
