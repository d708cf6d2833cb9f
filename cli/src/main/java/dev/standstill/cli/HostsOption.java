package dev.standstill.cli;

import dev.standstill.Task;
import dev.standstill.network.Chaos;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.MainMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Several programs at once, each on a host of its own. */
final class HostsOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--hosts",
      paramLabel = "NAME=PROGRAM",
      split = ",",
      description =
          "Run several programs in place of one, each on a host of its own, with an address, and a"
              + " name by which the others find it: FILE.java, or a class of the class path.")
  private Map<String, String> programs = new LinkedHashMap<>();

  @Option(
      names = "--chaos",
      description =
          "Have the schedule draw faults: partitions, slow links, hosts that crash, pause and start"
              + " again. It takes --hosts and, to run, --seed or --replay.")
  private boolean chaos;

  HostsOption() {}

  boolean isGiven() {
    return !programs.isEmpty() || chaos;
  }

  /**
   * Refuses a program that is named beside those of the hosts.
   *
   * @param program null if there is none
   */
  void refuse(@Nullable String program) {
    if (program != null) {
      throw new ParameterException(
          command.commandLine(),
          "--hosts names the programs itself: leave out %s.".formatted(program));
    }
  }

  /** A host and what it runs. */
  private record Chosen(String host, MainMethod main) {}

  /**
   * Finds the programs.
   *
   * @param classPath where their classes are; null for the working directory
   * @param until how far virtual time goes, while servers wait for clients; null if they have to
   *     end
   * @throws UsageException if one is not there
   */
  VirtualRun.Beginning load(@Nullable String classPath, @Nullable Duration until)
      throws UsageException {
    if (programs.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "--chaos takes hosts that it can befall: name them with --hosts.");
    }
    ClassPath entries = ClassPath.parse(classPath == null ? "." : classPath);
    List<Chosen> chosen = new ArrayList<>();
    for (Map.Entry<String, String> one : programs.entrySet()) {
      chosen.add(new Chosen(one.getKey(), Program.find(one.getValue(), entries).loadCopy()));
    }
    return (loop, uncaught) -> {
      Network network = Network.of(loop);
      chosen.forEach(one -> add(network, one));
      Chaos unused = chaos ? network.chaos() : null;
      if (until != null) {
        sleepUntil(loop, until);
      }
    };
  }

  /** As long as something is to come, servers that only wait are no deadlock. */
  private static void sleepUntil(TestLoop loop, Duration until) {
    Task<?> unused =
        loop.background()
            .spawn(
                "until",
                () -> {
                  Thread.sleep(until);
                  return null;
                });
  }

  private void add(Network network, Chosen one) {
    try {
      network.host(one.host(), one.main().type());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--hosts: " + e.getMessage());
    }
  }

  /** The programs, as a user names them. */
  @Override
  public String toString() {
    return String.join(", ", programs.values());
  }

  /** These options as a user gives them, followed by a space. */
  String toRepeat() {
    if (programs.isEmpty()) {
      return "";
    }
    List<String> all = new ArrayList<>();
    programs.forEach((host, program) -> all.add(host + "=" + program));
    return "--hosts %s %s".formatted(String.join(",", all), chaos ? "--chaos " : "");
  }
}
