package dev.standstill.cli;

import dev.standstill.campaigns.ResultFolder;
import dev.standstill.campaigns.Shard;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Which part of a campaign is explored, and where its results go. */
final class ShardOptions {

  /** As an exploration by itself has. */
  private static final long DEFAULT_SCHEDULES = 10_000;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Go on after failures, in rounds that draw chance anew, and leave what was seen as a file"
              + " in DIR for standstill merge. --schedules is of a round then; without it: 10000.")
  private @Nullable Path out;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description =
          "Of N equal shares of the rounds, do the I-th. Goes with --out. Without it: 1/1.")
  private @Nullable Shard shard;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds all shards do together, at the most. Goes with --out.")
  private @Nullable Long rounds;

  ShardOptions() {}

  /**
   * Whether results are asked for.
   *
   * @throws ParameterException if not, but a part of them
   */
  boolean areGiven(CommandSpec command) {
    if (out == null && (shard != null || rounds != null)) {
      throw new ParameterException(
          command.commandLine(),
          "%s says which part is explored: say with --out where its results are to go."
              .formatted(shard != null ? "--shard" : "--rounds"));
    }
    if (rounds != null && rounds <= 0) {
      throw new ParameterException(
          command.commandLine(),
          "--rounds=%d: there has to be one round at least.".formatted(rounds));
    }
    return out != null;
  }

  ResultFolder folder() {
    return new ResultFolder(out == null ? Path.of("") : out);
  }

  Shard shard() {
    return shard == null ? Shard.WHOLE : shard;
  }

  /** How many rounds the campaign has; null if nobody has said. */
  @Nullable Long rounds() {
    return rounds;
  }

  static long schedules(@Nullable Long asked) {
    return asked == null ? DEFAULT_SCHEDULES : asked;
  }

  /** Reads {@code --shard}. */
  static final class ShardConverter implements ITypeConverter<Shard> {

    ShardConverter() {}

    @Override
    public Shard convert(String value) {
      try {
        return Shard.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
