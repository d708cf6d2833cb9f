package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.jdk.Blocked;
import dev.standstill.test.BlockedOn;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The kit must not see the JDK package, so it knows what tasks are blocked on by name only. */
class BlockedKindsTest {

  @Test
  void theKitHasAWordForEverythingThatBlocks() {
    assertThat(BlockedOn.values())
        .extracting(Enum::name)
        .containsExactly(Arrays.stream(Blocked.values()).map(Enum::name).toArray(String[]::new));
  }
}
