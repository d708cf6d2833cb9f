package dev.standstill.explore.kept;

import dev.standstill.test.ReplayToken;
import java.nio.file.Path;

/**
 * A failure that an exploration has found and a folder has kept. Immutable.
 *
 * @param file where it is
 * @param failure how the program failed: the exception, and the first place of the program in it
 * @param token what repeats the run
 */
public record KeptFailure(Path file, String failure, ReplayToken token) {}
