package dev.standstill.jdbc.dialect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which statements of a database a scope refuses, by their first words. Immutable once built. */
final class StatementRules {

  private final Map<String, Refusal> refusals = new HashMap<>();
  private final Set<String> firstWords = new HashSet<>();

  /** Refuses statements that begin so; longer beginnings overrule shorter ones. */
  StatementRules refuse(Refusal refusal, String... beginnings) {
    for (String words : beginnings) {
      refusals.put(words, refusal);
      firstWords.add(words.split(" ", 2)[0]);
    }
    return this;
  }

  /** Lets statements pass that begin so. */
  StatementRules allow(String... beginnings) {
    return refuse(Refusal.NONE, beginnings);
  }

  /** How a statement is refused; {@link Refusal#NONE} if it is not. */
  Refusal of(SqlStatement statement) {
    if (!firstWords.contains(statement.words().getFirst())) {
      return Refusal.NONE;
    }
    for (int words = statement.words().size(); words > 0; words--) {
      @Nullable Refusal found = refusals.get(String.join(" ", statement.words().subList(0, words)));
      if (found != null) {
        return found;
      }
    }
    return Refusal.NONE;
  }
}
