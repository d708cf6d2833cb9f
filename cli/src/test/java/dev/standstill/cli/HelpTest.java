package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the script knows of the commands, so that help needs no build and options reach whom they
 * are for. {@code -Dhelp.update} writes the texts anew.
 */
class HelpTest {

  private static final Path TEXTS = Path.of("src/main/help");

  /** So that texts are the same whatever the build is called. */
  private static final String NAME = "standstill";

  static Set<String> commands() {
    Set<String> names = new TreeSet<>(Main.commandLine().getSubcommands().keySet());
    names.add(NAME);
    return names;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theScriptsTextIsThatOfTheCommand(String name) throws IOException {
    CommandLine main = Main.commandLine();
    CommandLine command = name.equals(NAME) ? main : main.getSubcommands().get(name);
    String usage = command.getUsageMessage(Ansi.OFF);
    Path text = TEXTS.resolve(name + ".txt");
    if (System.getProperty("help.update") != null) {
      Files.writeString(text, usage);
    }

    assertThat(text).hasContent(usage);
  }

  @Test
  void thereIsATextForEachCommandAndNoOther() throws IOException {
    try (Stream<Path> texts = Files.list(TEXTS)) {
      assertThat(texts.map(text -> text.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(commands());
    }
  }

  @Test
  void theScriptTellsOptionsOfStandstillFromThoseOfJava() throws IOException {
    String script = Files.readString(Path.of("../tools/launch"));
    Set<String> named =
        Pattern.compile("(?<![\\w-])--[a-z][a-z-]+(?![\\w*=-])")
            .matcher(script)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    Set<String> own =
        Stream.of("run", "explore", "replay")
            .map(name -> Main.commandLine().getSubcommands().get(name).getCommandSpec())
            .flatMap(command -> command.options().stream())
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .flatMap(option -> Stream.of(option.names()))
            .filter(option -> option.startsWith("--"))
            .collect(Collectors.toSet());

    assertThat(named).containsAll(own);
  }

  @Test
  void theScriptKnowsWhichOptionsHaveAValue() throws IOException {
    String script = Files.readString(Path.of("../tools/launch"));
    for (String name : Set.of("run", "explore", "replay")) {
      for (OptionSpec option :
          Main.commandLine().getSubcommands().get(name).getCommandSpec().options()) {
        if (option.longestName().equals("--class-path")
            || option.usageHelp()
            || option.versionHelp()) {
          continue;
        }
        assertThat(script.contains(option.longestName() + "=*"))
            .as(option.longestName())
            .isEqualTo(option.arity().max() > 0);
      }
    }
  }
}
