package dev.standstill.explore.program;

import dev.standstill.core.ProgramCode;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which classes are the program's: by the rule, and by what the user says. Immutable. */
public final class ProgramClasses {

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
    if (!ProgramCode.canBeOfProgram(type, loader)) {
      return false;
    }
    String name = type.replace('/', '.');
    if (excluded.stream().anyMatch(pattern -> pattern.matcher(name).matches())) {
      return false;
    }
    return included.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        || ProgramCode.isOfProgram(type, loader, domain);
  }
}
