package dev.standstill.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** What the compiler of a program's sources has to know of the options of the JVM that runs it. */
final class CompilerOptions {

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--module-path",
          "-p",
          "--add-exports",
          "--limit-modules",
          "--patch-module",
          "--upgrade-module-path");

  private static final String ADD_MODULES = "--add-modules";
  private static final String PREVIEW = "--enable-preview";

  /** What {@code java --source} becomes (JDK 25). */
  private static final String SOURCE = "-Djdk.internal.javac.source=";

  /** These are for the JVM only. */
  private static final Set<String> ALL_OF_JVM = Set.of("ALL-DEFAULT", "ALL-SYSTEM");

  private CompilerOptions() {}

  /** Picks them out, as {@code java FILE.java} does. */
  static List<String> of(List<String> jvmArguments) {
    String release =
        jvmArguments.stream()
            .filter(argument -> argument.startsWith(SOURCE))
            .map(argument -> argument.substring(SOURCE.length()))
            .findFirst()
            .orElse("");
    List<String> options =
        new ArrayList<>(release.isEmpty() ? List.of() : List.of("--release", release));
    for (Iterator<String> rest = jvmArguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int end = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = end < 0 ? argument : argument.substring(0, end);
      if (option.equals(PREVIEW)) {
        options.add(PREVIEW);
        if (release.isEmpty()) { // javac asks for one, and with --release it refuses --add-exports
          options.addAll(List.of("--source", "" + Runtime.version().feature()));
        }
      } else if (option.equals(ADD_MODULES) || WITH_VALUE.contains(option)) {
        String value = end < 0 && rest.hasNext() ? rest.next() : argument.substring(end + 1);
        add(options, option, value);
      }
    }
    return options;
  }

  private static void add(List<String> options, String option, String value) {
    if (!option.equals(ADD_MODULES)) {
      options.addAll(List.of(option, value));
      return;
    }
    List<String> modules =
        Arrays.stream(value.split(",", -1)).filter(name -> !ALL_OF_JVM.contains(name)).toList();
    if (!modules.isEmpty()) {
      options.addAll(List.of(option, String.join(",", modules)));
    }
  }
}
