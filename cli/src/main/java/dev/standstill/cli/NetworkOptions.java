package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** On which network the program's sockets are: for all commands that run one. */
final class NetworkOptions {

  /**
   * How long a packet is on its way.
   *
   * @param text as the user has written it
   */
  private record Latency(Duration least, Duration most, String text) {}

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--latency",
      paramLabel = "DURATION",
      converter = LatencyConverter.class,
      description =
          "How long what is sent over the program's network is on its way, in virtual time: 50ms, or"
              + " 1ms..20ms to have it drawn. Without it: no time.")
  private @Nullable Latency latency;

  private List<String> allowed = List.of();

  @Option(
      names = "--real-network",
      description =
          "Give the program the machine's sockets, and let time stand still while it waits for one."
              + " Without it: a network of its own, in memory, where nobody else is.")
  private boolean real;

  NetworkOptions() {}

  @Option(
      names = "--allow-real",
      paramLabel = "HOST:PORT",
      description =
          "A server of the machine's network that the program can reach all the same. May be given"
              + " more than once.")
  void allowed(List<String> servers) {
    try {
      servers.forEach(TestLoop.builder()::allowReal);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--allow-real: " + e.getMessage());
    }
    this.allowed = List.copyOf(servers);
  }

  boolean isGiven() {
    return latency != null || real || !allowed.isEmpty();
  }

  void set(TestLoop.Builder settings) throws ParameterException {
    if (real && (latency != null || !allowed.isEmpty())) {
      throw new ParameterException(
          command.commandLine(),
          "--real-network cannot go with --latency or --allow-real: they are about the network of the program's own.");
    }
    if (latency != null) {
      settings.network(latency.least(), latency.most());
    } else if (!real && TestLoop.canHaveNetwork()) {
      settings.network();
    }
    allowed.forEach(settings::allowReal);
  }

  /** These options as a user gives them, each followed by a space. */
  String toRepeat() {
    StringBuilder options = new StringBuilder();
    if (latency != null) {
      options.append("--latency ").append(latency.text()).append(' ');
    }
    if (real) {
      options.append("--real-network ");
    }
    allowed.forEach(server -> options.append("--allow-real ").append(server).append(' '));
    return options.toString();
  }

  /** Reads {@code --latency}. */
  static final class LatencyConverter implements ITypeConverter<Latency> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(us|ms|s)");

    LatencyConverter() {}

    @Override
    public Latency convert(String value) {
      String[] ends = value.split("\\.\\.", 2);
      Duration least = duration(ends[0], value);
      Duration most = ends.length == 1 ? least : duration(ends[1], value);
      if (least.compareTo(most) > 0) {
        throw new TypeConversionException(
            "\"%s\" goes from more to less: write the shorter time first.".formatted(value));
      }
      return new Latency(least, most, value);
    }

    private static Duration duration(String text, String value) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "\"%s\" is no latency: write it like 50ms, 200us or 1ms..20ms.".formatted(value));
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "us" -> Duration.ofNanos(number * 1_000);
        case "ms" -> Duration.ofMillis(number);
        default -> Duration.ofSeconds(number);
      };
    }
  }
}
