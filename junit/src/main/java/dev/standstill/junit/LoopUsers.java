package dev.standstill.junit;

import dev.standstill.test.ReplayToken;
import dev.standstill.test.stage.Framework;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Whose loop it is. Immutable.
 *
 * @param openedBy as which JUnit knows the test or the class that has opened it
 * @param test the name of that; null if tests share it that have no name in common
 * @param areMany whether other tests have run on it, or will, so that no token repeats one test
 */
record LoopUsers(String openedBy, @Nullable TestName test, boolean areMany) {

  /** How JUnit has them tell of themselves. */
  Framework framework() {
    return new Framework("LoopTest", TestAbortedException.class::isInstance, this::repetition);
  }

  private Optional<String> repetition(ReplayToken token) {
    return areMany ? Optional.empty() : Optional.of(Repetition.write(token, test));
  }
}
