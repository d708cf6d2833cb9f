package dev.standstill.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of the command line: what {@code --help} says of all commands, for man(1). */
final class ManPage {

  private final List<String> lines = new ArrayList<>();
  private final CommandSpec command;
  private final String version;

  /**
   * @param command the one that has all others
   * @param version of Standstill
   */
  ManPage(CommandSpec command, String version) {
    this.command = command;
    this.version = version;
  }

  /** Returns its source, for the man macros of troff. */
  String text() {
    String name = command.name();
    lines.add(
        ".TH %s 1 \"\" \"%s\" \"\"".formatted(name.toUpperCase(Locale.ROOT), escaped(version)));
    section("NAME");
    text(name + " - " + String.join(" ", command.usageMessage().description()));
    section("SYNOPSIS");
    lines.add(".B " + name);
    text("COMMAND [OPTION...] [ARGUMENT...]");
    section("COMMANDS");
    subcommands().forEach(this::add);
    return String.join("\n", lines) + "\n";
  }

  private Stream<CommandSpec> subcommands() {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.usageMessage().hidden());
  }

  private void add(CommandSpec each) {
    UsageMessageSpec usage = each.usageMessage();
    lines.add(".SS " + escaped(each.name()));
    paragraphs(usage.header());
    if (usage.customSynopsis().length > 0) {
      lines.add(".PP");
      lines.add(".nf");
      Stream.of(usage.customSynopsis()).map(ManPage::escaped).forEach(lines::add);
      lines.add(".fi");
    }
    paragraphs(usage.description());
    for (PositionalParamSpec parameter : each.positionalParameters()) {
      entry(parameter.paramLabel(), parameter.description());
    }
    each.options().stream().filter(option -> !option.hidden()).forEach(this::add);
    exitCodes(usage.exitCodeList());
  }

  private void add(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    entry(String.join(", ", option.names()) + value, option.description());
  }

  private void exitCodes(Map<String, String> meanings) {
    if (!meanings.isEmpty()) {
      lines.add(".PP");
      text("It ends with");
      meanings.forEach((code, meaning) -> entry(code, new String[] {meaning}));
    }
  }

  private void entry(String name, String[] description) {
    lines.add(".TP");
    lines.add(".B " + escaped(name));
    List.of(description).forEach(this::text);
  }

  private void paragraphs(String[] texts) {
    Stream.of(texts)
        .filter(text -> !text.isBlank())
        .forEach(text -> {
          lines.add(".PP");
          text(text);
        });
  }

  private void section(String title) {
    lines.add(".SH " + title);
  }

  /** As in picocli's own help, a % begins what String.format reads. */
  private void text(String text) {
    lines(text).stream().map(ManPage::escaped).forEach(lines::add);
  }

  private static Collection<String> lines(String text) {
    return text.formatted().lines().filter(line -> !line.isBlank()).toList();
  }

  /** A line that begins with a dot or an apostrophe would be a request to troff. */
  private static String escaped(String line) {
    String safe = line.strip().replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
