package dev.standstill.bench;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is compared: a column of the table. Each is measured in JVMs of its own. */
public enum Contestant {
  LOOP("loop", "--add-opens=java.base/java.lang=ALL-UNNAMED"),
  LOOP_WITH_AGENT("with agent", "-javaagent:" + agentJar()),
  TEST_LOOP("test loop", "-javaagent:" + agentJar()),
  TRACED("traced", "-javaagent:" + agentJar()),
  JDK(
      "JDK",
      "-Djdk.virtualThreadScheduler.parallelism=1",
      "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
  NO_AGENT("no agent"),
  AGENT("agent", "-javaagent:" + agentJar()),
  EXECUTOR("executor"),
  NETTY("Netty"),
  LOOP_ON_NETTY("loop on Netty", "--add-opens=java.base/java.lang=ALL-UNNAMED"),
  KOTLINX("kotlinx"),
  LINCHECK(
      "Lincheck", "-XX:+EnableDynamicAgentLoading", "--add-opens=java.base/java.lang=ALL-UNNAMED"),
  FLOOR("floor", "--add-opens=java.base/java.lang=ALL-UNNAMED"),
  BARE("bare", "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");

  private final String heading;
  private final List<String> jvmArguments;

  Contestant(String heading, String... jvmArguments) {
    this.heading = heading;
    this.jvmArguments = List.of(jvmArguments);
  }

  String heading() {
    return heading;
  }

  /** The arguments of the JVM that measures it. */
  List<String> jvmArguments() {
    List<String> all = new ArrayList<>(jvmArguments);
    // JMH and Netty use Unsafe, and the JVM's warning about it would break the table.
    all.add("--sun-misc-unsafe-memory-access=allow");
    return all;
  }

  private static String agentJar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith("standstill-agent.jar"))
        .findFirst()
        .orElse("standstill-agent.jar");
  }
}
