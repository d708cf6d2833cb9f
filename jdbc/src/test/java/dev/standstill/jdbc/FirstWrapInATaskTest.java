package dev.standstill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.probe.FirstWrapInATask;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a driver starts for its time-outs is in real time, even if a task was the first to need it.
 */
class FirstWrapInATaskTest {

  @Timeout(60)
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void queryTimeoutIsInRealTime(TestDatabase database) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                agent(),
                "-cp",
                System.getProperty("java.class.path"),
                FirstWrapInATask.class.getName(),
                urlOf(database),
                database.longQuery())
            .redirectErrorStream(true)
            .start();
    String output = new String(program.getInputStream().readAllBytes());

    assertThat(output).isEqualTo("timed out after PT0S%n".formatted());
  }

  private static String urlOf(TestDatabase database) throws SQLException {
    if (!database.isPostgres()) {
      return "jdbc:h2:mem:";
    }
    try (Connection connection = database.dataSource().getConnection()) {
      return connection.getMetaData().getURL().replaceAll("\\?.*", "") + "?user=postgres";
    }
  }

  /** The tests themselves run with the agent. */
  private static String agent() {
    List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return arguments.stream()
        .filter(argument -> argument.matches("-javaagent:.*standstill-agent.*"))
        .findFirst()
        .orElseThrow();
  }
}
